// The tools of a message: react, reply, pin, the app's shortcuts, edit, delete.
import { act, get } from "./net.js";
import { ask } from "./confirm.js";
import { edit } from "./composer.js";
import { report } from "./errors.js";
import { onPatched, refresh } from "./live.js";
import { go } from "./navigation.js";
import { directory, here, permalinkOf, place } from "./place.js";
import { matching, menu, openPopup, popup, popupKey } from "./popup.js";

const icon = (name) => `<svg class="i" aria-hidden="true"><use href="/page/static/icons.svg#${name}"/></svg>`;
const bar = document.createElement("div");
bar.className = "tools";
bar.setAttribute("role", "toolbar");
bar.setAttribute("aria-label", "This message");
bar.innerHTML = `
  <button type="button" class="button icon" data-tool="eyes" aria-label="React with eyes">👀</button>
  <button type="button" class="button icon" data-tool="white_check_mark" aria-label="React with a check mark">✅</button>
  <button type="button" class="button icon" data-react-more aria-haspopup="listbox" aria-label="React" title="React (r)">${icon("smile")}</button>
  <button type="button" class="button icon" data-tool-thread aria-label="Reply in a thread" title="Reply in a thread (t)">${icon("reply")}</button>
  <button type="button" class="button icon" data-tool-pin aria-label="Pin" title="Pin (p)">${icon("pin")}</button>
  <button type="button" class="button icon" data-tool-more aria-haspopup="menu" aria-expanded="false" aria-label="More" title="More (m)">${icon("more")}</button>`;

export const messageOf = (element) => element?.closest?.("[data-message]");

function attach(message) {
  if (!message || message.matches(".system") || "ephemeral" in message.dataset || bar.parentElement === message) return;
  if (openPopup() && bar.contains(openPopup().anchor)) return;
  const pinned = "pinned" in message.dataset;
  bar.querySelector("[data-tool-pin]").setAttribute("aria-label", pinned ? "Unpin" : "Pin");
  message.append(bar);
}

const addressOf = (message) => ({ channel: message.dataset.channel, ts: message.dataset.ts });

async function perform(message, action, fields = {}) {
  report(message, await act(action, { ...addressOf(message), ...fields }));
  await refresh();
}

function toggle(message, name) {
  const mine = message.querySelector(`[data-react="${CSS.escape(name)}"][aria-pressed=true]`);
  return perform(message, mine ? "unreact" : "react", { name });
}

export function openThread(message) {
  go(`${here()}?thread=${encodeURIComponent(message.dataset.thread ?? message.dataset.ts)}`).then(() =>
    document.querySelector(".thread [data-compose]")?.focus());
}

export const pin = (message) => perform(message, "pinned" in message.dataset ? "unpin" : "pin");

export function more(message, anchor = bar.querySelector("[data-tool-more]")) {
  attach(message);
  const shortcuts = directory().shortcuts.filter((each) => each.type === "message");
  const mine = "mine" in message.dataset;
  const items = [
    ...shortcuts.map((each) => ({ value: `shortcut ${each.callback_id}`, label: each.name, group: "App shortcuts" })),
    { value: "link", label: "Copy link", group: "Message" },
    ...(mine ? [{ value: "edit", label: "Edit", group: "Message" }, { value: "delete", label: "Delete", group: "Message", danger: true }] : []),
  ];
  menu(anchor, items, (item) => chosen(message, item.value), "More actions");
}

async function chosen(message, what) {
  if (what.startsWith("shortcut ")) await perform(message, "shortcut", { callback_id: what.slice(9) });
  else if (what === "edit") edit(message);
  else if (what === "link") await navigator.clipboard?.writeText(permalinkOf(message.dataset));
  else if (await ask({ title: "Delete this message?", text: "Nobody will be able to read it any more.", yes: "Delete", danger: true })) await perform(message, "delete");
}

let emoji;

/** Choose an emoji by name. */
export async function pickReaction(message) {
  emoji ??= await get("/page/emoji");
  const items = emoji.map(([name, symbol]) => ({ value: name, label: `${symbol}  ${name}`, name }));
  const field = Object.assign(document.createElement("input"), { type: "text", className: "field emoji-search", placeholder: "Emoji by name" });
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-expanded", "false");
  field.setAttribute("aria-label", "Emoji by name");
  message.querySelector(".content").append(field);
  const leave = () => { if (field.isConnected) message.focus({ preventScroll: true }); }; // which blurs the field
  const list = popup({ anchor: field, items: items.slice(0, 40), label: "Emoji", pick: (item) => { leave(); toggle(message, item.value); } });
  field.focus();
  field.addEventListener("input", () => list.show(matching(items, field.value, 40)));
  field.addEventListener("keydown", (event) => {
    if (popupKey(event) && event.key === "Escape") leave();
  });
  field.addEventListener("blur", () => { list.close(); field.remove(); }, { once: true });
}

// On a touch screen the click at the end of a tap opens the tools; opened earlier, they would get that click.
const USABLE = "a, button, input, label, select, summary, textarea";
let byFinger = false;
document.addEventListener("pointerdown", (event) => { byFinger = event.pointerType === "touch"; }, { capture: true });
document.addEventListener("keydown", () => { byFinger = false; }, { capture: true });

/** Tools opened by touch stay until the next tap, so that they do not move under the finger. */
function tapped(message) {
  if (!message) bar.remove();
  attach(message);
  if (bar.parentElement === message) bar.scrollIntoView({ block: "nearest" });
}

document.addEventListener("pointerover", (event) => { if (event.pointerType !== "touch" && !byFinger) attach(messageOf(event.target)); });
document.addEventListener("focusin", (event) => { if (!byFinger) attach(messageOf(event.target)); });
document.addEventListener("click", (event) => {
  const message = messageOf(event.target);
  if (byFinger && !event.target.closest?.(USABLE)) tapped(message);
  const hit = (selector) => event.target.closest?.(selector);
  if (!message) return;
  if (hit("[data-react]")) toggle(message, hit("[data-react]").dataset.react);
  else if (hit("[data-react-more]")) pickReaction(message);
  else if (hit("[data-tool]")) toggle(message, hit("[data-tool]").dataset.tool);
  else if (hit("[data-tool-thread]")) openThread(message);
  else if (hit("[data-tool-pin]")) pin(message);
  else if (hit("[data-tool-more]")) more(message);
});

onPatched(() => { if (!bar.isConnected || !bar.parentElement?.matches("[data-message]")) bar.remove(); });
