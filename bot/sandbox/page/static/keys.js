// The keyboard: moving among messages, shortcuts, and the list of them.
import { closePopup, matching, openPopup, popup, popupKey } from "./popup.js";
import { directory, here, pathOf, place } from "./place.js";
import { go } from "./navigation.js";
import { mainField } from "./composer.js";
import { element } from "./element.js";
import { messageOf, more, openThread, pickReaction, pin } from "./tools.js";

const KEYS = [
  ["Enter / Shift+Enter", "send / new line"],
  ["/", "a command (at the start of a message)"],
  ["@  #", "mention a person, a channel"],
  ["Ctrl K", "jump to a channel"],
  ["Alt ↑ / Alt ↓", "previous, next channel"],
  ["Shift Tab from the composer, then ↑ ↓", "move among messages"],
  ["r  t  p  m", "on a message: react, thread, pin, more"],
  ["↑ in an empty composer", "edit your last message"],
  ["Ctrl I", "the inspector"],
  ["Escape", "close whatever is open; back to the composer"],
  ["?", "this list"],
];

function help() {
  const dialog = element("dialog", { className: "modal small help", "aria-labelledby": "help-title" },
    element("form", { method: "dialog" },
      element("h2", { id: "help-title", textContent: "Keyboard" }),
      ...KEYS.map(([key, what]) => element("div", {}, element("kbd", { textContent: key }), element("span", { textContent: what }))),
      element("div", { className: "modal-foot" }, element("button", { className: "button primary", textContent: "Close" }))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function step(message, by) {
  const all = [...message.closest(".rows").querySelectorAll("[data-message]")];
  const next = all[all.indexOf(message) + by];
  if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
  else if (by > 0) (message.closest(".thread")?.querySelector("[data-compose]") ?? mainField())?.focus();
}

function neighbour(by) {
  const links = [...document.querySelectorAll("#part-sidebar a[data-go]")].filter((link) => link.checkVisibility());
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[(at + by + links.length) % links.length];
  if (next) go(pathOf(next.dataset.go));
}

const ON_MESSAGE = {
  ArrowUp: (message) => step(message, -1),
  ArrowDown: (message) => step(message, 1),
  r: (message) => pickReaction(message),
  t: (message) => openThread(message),
  p: (message) => pin(message),
  m: (message) => more(message),
};

function escape(event) {
  if (openPopup()) { closePopup(); return true; }
  if (document.documentElement.hasAttribute("data-sidebar-open")) { document.documentElement.removeAttribute("data-sidebar-open"); return true; }
  if (event.target.closest?.("#inspector")) return false;
  if (event.target.closest?.(".thread")) { closeThread(); return true; }
  mainField()?.focus();
  return true;
}

export function closeThread() {
  go(here() + (place.tab && place.tab !== "home" ? `?tab=${place.tab}` : "")).then(() => mainField()?.focus());
}

function jumpField(event) {
  if (event.target.id !== "jump") return false;
  if (openPopup()?.anchor === event.target) return popupKey(event);
  return false;
}

function offerJumps(field) {
  const items = [...(directory().home ? [{ value: "@home", label: "Home", hint: "the app" }] : []), ...directory().channels];
  const found = matching(items, field.value.replace(/^#/, ""), 20);
  if (openPopup()?.anchor === field) { openPopup().show(found); return; }
  popup({ anchor: field, items: found, label: "Channels", pick: (item) => { field.value = ""; field.blur(); go(pathOf(item.value)).then(() => mainField()?.focus()); } });
}

document.addEventListener("focusin", (event) => { if (event.target.id === "jump") offerJumps(event.target); });
document.addEventListener("input", (event) => { if (event.target.id === "jump") offerJumps(event.target); });
document.addEventListener("click", (event) => { if (event.target.closest?.("[data-help]")) help(); });

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || jumpField(event)) return;
  const command = event.ctrlKey || event.metaKey;
  const typing = event.target.matches?.("input, textarea, select");
  const inDialog = event.target.closest?.("dialog");
  if (command && event.key.toLowerCase() === "k") { event.preventDefault(); document.getElementById("jump").focus(); }
  else if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) { event.preventDefault(); neighbour(event.key === "ArrowUp" ? -1 : 1); }
  else if (event.key === "Escape" && !inDialog) { if (escape(event)) event.preventDefault(); }
  else if (event.target === document.body && event.key.length === 1 && event.key !== "?" && !command && !event.altKey) mainField()?.focus(); // which then gets the letter
  else if (event.key === "?" && !typing && !inDialog) { event.preventDefault(); help(); }
  else if (event.key === "Tab" && event.shiftKey && event.target.matches?.("[data-compose]") && event.target.closest("#main, .thread")) {
    const list = event.target.closest(".thread")?.querySelector(".rows") ?? document.getElementById("list-messages");
    const last = [...list.querySelectorAll("[data-message]")].at(-1);
    if (last) { event.preventDefault(); last.focus(); }
  } else if (!typing && !command && !event.altKey && event.target.matches?.("[data-message]") && ON_MESSAGE[event.key]) {
    event.preventDefault();
    ON_MESSAGE[event.key](messageOf(event.target));
  }
});
