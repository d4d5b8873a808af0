// Writing: commands, mentions, drafts, edits, files.
import { act } from "./net.js";
import { notice, report } from "./errors.js";
import { upload } from "./files.js";
import { onPatched, refresh } from "./live.js";
import { toEnd } from "./navigation.js";
import { active, directory, place } from "./place.js";
import { closePopup, matching, menu, openPopup, popup, popupKey } from "./popup.js";

const draftKey = (form) => `draft ${place.user} ${form.dataset.channel} ${form.dataset.reply ?? ""}`;
const narrow = matchMedia("(max-width: 760px)");
const fieldOf = (form) => form.querySelector("[data-compose]");
export const mainField = () => document.querySelector("#main [data-compose]");

/** Put text into the composer and the cursor after it. */
function write(text, field = mainField()) {
  if (!field) return;
  field.value = text;
  field.focus();
  field.setSelectionRange(text.length, text.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

async function send(form) {
  const field = fieldOf(form);
  const text = field.value.replace(/\s+$/, "");
  if (!text.trim()) return;
  const { channel, reply, editing } = form.dataset;
  const command = /^(\/\S+)\s*([\s\S]*)$/.exec(text);
  if (command && reply) {
    notice(form, `${command[1]} does not work in threads. Use it in the channel.`);
    return;
  }
  field.value = "";
  saveDraft(form);
  stopEditing(form);
  form.setAttribute("aria-busy", "true");
  const result = await (editing ? act("edit", { channel, ts: editing, text })
    : command ? act("command", { channel, command: command[1], text: command[2] })
      : reply ? act("reply", { channel, ts: reply, text }) : act("say", { channel, text: text.trim() }));
  form.removeAttribute("aria-busy");
  if (!report(form, result) && !field.value) {
    field.value = text; // so that nothing typed is lost
    saveDraft(form);
  }
  await refresh();
  if (result.ok === false) return;
  const replies = form.closest(".thread")?.querySelector("[data-scroller]");
  if (replies) replies.scrollTop = replies.scrollHeight;
  else await toEnd();
}

/** Edit one of the person's own messages in the composer. */
export function edit(message) {
  const form = (message.closest(".thread") ?? document.getElementById("main")).querySelector("[data-composer]");
  if (!form) return;
  form.dataset.editing = message.dataset.ts;
  write(typed(message.dataset.text), fieldOf(form));
  notice(form, "Editing a message. Enter saves, Escape leaves it as it was.");
}

function stopEditing(form, clear = false) {
  if (!form.dataset.editing) return false;
  delete form.dataset.editing;
  if (clear) { fieldOf(form).value = ""; saveDraft(form); }
  notice(form, "");
  return true;
}

/** A message's text as a person would type it. */
function typed(text) {
  const names = Object.fromEntries([...directory().users, ...directory().groups].map((each) => [each.value, each.name]));
  const channels = Object.fromEntries(directory().channels.map((each) => [each.value, each.label]));
  return text
    .replace(/<@(\w+)(\|[^>]*)?>/g, (whole, id) => (names[id] ? `@${names[id]}` : whole))
    .replace(/<#(\w+)(\|[^>]*)?>/g, (whole, id) => channels[id] ?? whole)
    .replace(/<!subteam\^(\w+)(\|[^>]*)?>/g, (whole, id) => (names[id] ? `@${names[id]}` : whole))
    .replace(/<!(here|channel|everyone)>/g, "@$1")
    .replace(/<(?:mailto:|https?:)[^|>]+\|([^>]*)>/g, "$1")
    .replace(/<(https?:[^|>]+)>/g, "$1")
    .replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function saveDraft(form) {
  const { value } = fieldOf(form);
  if (value && !form.dataset.editing) sessionStorage.setItem(draftKey(form), value);
  else sessionStorage.removeItem(draftKey(form));
}

/** Restore the draft of this place. */
export function restoreDrafts() {
  for (const form of document.querySelectorAll("[data-composer]")) {
    if (narrow.matches) [fieldOf(form).placeholder] = fieldOf(form).placeholder.split(" · ");
    if (!fieldOf(form).value) fieldOf(form).value = sessionStorage.getItem(draftKey(form)) ?? "";
    grow(fieldOf(form));
  }
}

function grow(field) {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}

/** What is being typed at the cursor: a command, a person or a channel. */
function wordAt(field, inThread) {
  const before = field.value.slice(0, field.selectionStart);
  const command = /^\/(\S*)$/.exec(before);
  if (command && !inThread) return { kind: "command", query: command[1], from: 0 };
  const mention = /(?:^|[\s(])([@#])([\w.-]*)$/.exec(before);
  if (!mention) return null;
  return { kind: mention[1], query: mention[2], from: before.length - mention[2].length - 1 };
}

const OFFERS = {
  command: () => directory().commands.map((each) => ({ value: `${each.command} `, label: each.command, hint: [each.usage_hint, each.description].filter(Boolean).join(" — ") })),
  "@": () => [
    ...active().map((each) => ({ ...each, value: `@${each.name} ` })),
    ...directory().groups.map((each) => ({ ...each, value: `@${each.name} ` })),
  ],
  "#": () => directory().channels.filter((each) => !each.im && !each.archived).map((each) => ({ ...each, value: `${each.label} ` })),
};

function complete(field) {
  const form = field.closest("[data-composer]");
  const word = wordAt(field, Boolean(form.dataset.reply));
  const items = word ? matching(OFFERS[word.kind](), word.query, 12) : [];
  const open = openPopup()?.anchor === field ? openPopup() : null;
  if (!items.length) { open?.close(); return; }
  if (open) { open.show(items); return; }
  popup({
    anchor: field, beside: field.closest(".box"), items, above: true, label: word.kind === "command" ? "Commands" : "Mentions",
    pick: (item) => {
      const at = wordAt(field, Boolean(form.dataset.reply));
      if (!at) return;
      field.setRangeText(item.value, at.from, field.selectionStart, "end");
      saveDraft(form);
      showUsage(form);
    },
  });
}

/** Show a command's usage hint above the field while it is typed. */
function showUsage(form) {
  if (form.dataset.editing) return;
  const name = /^(\/\S+)\s/.exec(fieldOf(form).value)?.[1];
  const command = name && directory().commands.find((each) => each.command === name);
  const host = form.querySelector("[data-notice]");
  if (command) {
    host.textContent = `${command.command} ${command.usage_hint ?? ""}`.trim();
    host.dataset.usage = "";
  } else if ("usage" in host.dataset) {
    host.textContent = "";
    delete host.dataset.usage;
  }
}

async function share(form, files) {
  form.setAttribute("aria-busy", "true");
  for (const file of files) {
    if (!report(form, await upload(file, { channel: form.dataset.channel }))) break;
  }
  form.removeAttribute("aria-busy");
  await refresh();
}

function globalMenu(button) {
  const form = button.closest("[data-composer]");
  const shortcuts = directory().shortcuts.filter((each) => each.type === "global");
  const items = [
    ...shortcuts.map((each) => ({ value: each.callback_id, label: `⚡ ${each.name}`, group: "Shortcuts" })),
    ...directory().commands.map((each) => ({ value: `command ${each.command}`, label: each.command, hint: each.description, group: "Commands" })),
    { value: "upload", label: "Upload a file", group: "More" },
  ];
  menu(button, items, async (item) => {
    if (item.value === "upload") form.querySelector("[data-upload]").click();
    else if (item.value.startsWith("command ")) write(`${item.value.slice(8)} `, fieldOf(form));
    else { report(form, await act("shortcut", { callback_id: item.value })); await refresh(); }
  }, "Shortcuts and files");
}

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("[data-compose]")) return;
  const form = event.target.closest("[data-composer]");
  grow(event.target);
  saveDraft(form);
  showUsage(form);
  complete(event.target);
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[data-compose]") || event.isComposing) return;
  const field = event.target;
  const form = field.closest("[data-composer]");
  if (openPopup()?.anchor === field) {
    const whole = event.key === "Enter" && openPopup().items[openPopup().active]?.value.trim() === field.value.trim();
    if (!whole && popupKey(event)) return;
    closePopup();
  }
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    send(form);
  } else if (event.key === "Escape" && stopEditing(form, true)) {
    event.preventDefault();
    event.stopPropagation();
  } else if (event.key === "ArrowUp" && !field.value) {
    const mine = [...document.querySelectorAll("#list-messages [data-mine]")].at(-1);
    if (mine) { event.preventDefault(); edit(mine); }
  }
}, { capture: true });

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-composer]")) return;
  event.preventDefault();
  send(event.target);
});
document.addEventListener("focusout", (event) => { if (openPopup()?.anchor === event.target && openPopup().kind === "listbox") closePopup(); });
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-global-menu]");
  if (button) globalMenu(button);
  const trial = event.target.closest?.("[data-try]");
  if (trial) write(trial.dataset.try);
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.("[data-upload]")) {
    share(event.target.closest("[data-composer]"), [...event.target.files]);
    event.target.value = "";
  }
});

onPatched(restoreDrafts);
