// Selects of every source as comboboxes: type to narrow, arrows to move, Enter to choose.
import { act } from "./net.js";
import { chosenOf, drawChips, labelsOf } from "./chips.js";
import { active, directory } from "./place.js";
import { closePopup, matching, openPopup, popup, popupKey } from "./popup.js";

const PAUSE = 200; // milliseconds without a key before an external select asks the app

/** The label of an external select, by which the app is asked for options. */
export function labelsChosen(select) {
  const labels = chosenOf(select).map((value) => labelsOf(select)[value] ?? value);
  return isMulti(select) ? labels : labels[0] ?? null;
}
const isMulti = (select) => "multi" in select.dataset;

const SOURCES = {
  static: (select) => JSON.parse(select.dataset.options || "[]"),
  users: active,
  channels: () => directory().channels.filter((each) => !each.im && !each.archived),
  conversations: () => [...directory().channels.filter((each) => !each.archived), ...active()],
};

let addressOf = () => ({});
let changed = () => {};

/** Wire all selects: `address` says where an element is, `onChange` is called with the choice. */
export function startSelects({ address, onChange }) {
  addressOf = address;
  changed = onChange;
}

/** Show the names of initially chosen people and channels. */
export function nameChosen(root = document) {
  for (const select of root.querySelectorAll("[data-select]")) {
    const chosen = chosenOf(select);
    if (!chosen.length || !["users", "channels", "conversations"].includes(select.dataset.source)) continue;
    const names = Object.fromEntries([...directory().channels, ...directory().users].map((each) => [each.value, each.label]));
    const labels = { ...labelsOf(select) };
    for (const value of chosen) labels[value] = names[value] ?? value;
    const text = JSON.stringify(labels);
    if (select.dataset.labels !== text) { select.dataset.labels = text; draw(select); }
  }
}

/** The options that the app offers for these letters. */
async function suggestions(select, query) {
  if (query.length < minimum(select)) return [];
  const { actionId: action_id, blockId: block_id } = select.dataset;
  const answer = await act("suggest", { ...addressOf(select), action_id, block_id, value: query });
  return (answer.options ?? []).map((each) => ({ value: each.value, label: each.text.text, hint: each.description?.text ?? "" }));
}

const minimum = (select) => (select.dataset.minQuery === "" ? 3 : Number(select.dataset.minQuery));

function open(select, query = "") {
  if (select.dataset.source === "external") ask(select, query);
  else offer(select, matching(SOURCES[select.dataset.source]?.(select) ?? [], query, 100));
}

async function ask(select, query) {
  select.dataset.query = query;
  const found = await suggestions(select, query);
  const awaited = select.dataset.query === query && select.contains(document.activeElement);
  if (awaited) offer(select, found);
}

function offer(select, found) {
  const field = select.querySelector("[role=combobox]");
  const chosen = chosenOf(select);
  const items = found.map((each) => ({ ...each, chosen: chosen.includes(each.value) }));
  const list = openPopup();
  if (list?.anchor === field) { list.show(items); return; }
  const letters = minimum(select);
  popup({
    anchor: field,
    beside: select,
    items,
    label: field.labels[0]?.textContent.trim() || field.getAttribute("aria-label") || "Choices",
    pick: (item) => choose(select, item),
    empty: select.dataset.source === "external" && letters ? `Type ${letters} or more letters` : "Nothing found",
  });
}

function choose(select, item) {
  const chosen = chosenOf(select);
  const had = chosen.includes(item.value);
  let next = [item.value];
  if (isMulti(select)) {
    next = had ? chosen.filter((value) => value !== item.value) : [...chosen, item.value];
    if (select.dataset.max && next.length > Number(select.dataset.max)) return;
  }
  select.dataset.labels = JSON.stringify({ ...labelsOf(select), [item.value]: item.label });
  set(select, next);
}

function set(select, chosen) {
  select.dataset.chosen = JSON.stringify(chosen);
  select.dataset.dirty = "";
  draw(select);
  changed(select);
}

function draw(select) {
  const field = select.querySelector("[role=combobox]");
  field.value = isMulti(select) ? "" : labelsOf(select)[chosenOf(select)[0]] ?? "";
  if (isMulti(select)) drawChips(select);
}

const selectOf = (target) => (target.closest?.("[data-select]") && target.matches("[role=combobox]") ? target.closest("[data-select]") : null);

document.addEventListener("click", (event) => {
  const remove = event.target.closest?.("[data-unchoose]");
  const select = remove ? remove.closest("[data-select]") : selectOf(event.target);
  if (!select) return;
  if (remove) {
    select.querySelector("[role=combobox]").focus();
    set(select, chosenOf(select).filter((value) => value !== remove.dataset.unchoose));
  } else if (openPopup()?.anchor !== event.target) {
    event.target.select();
    open(select);
  }
});

let pause;
document.addEventListener("input", (event) => {
  const select = selectOf(event.target);
  if (!select) return;
  event.stopPropagation();
  clearTimeout(pause);
  if (select.dataset.source === "external") pause = setTimeout(() => open(select, event.target.value), PAUSE);
  else open(select, event.target.value);
}, { capture: true });

document.addEventListener("keydown", (event) => {
  const select = selectOf(event.target);
  if (!select) return;
  if (openPopup()?.anchor === event.target) {
    if (popupKey(event)) return;
  } else if (["ArrowDown", "ArrowUp", "Enter"].includes(event.key)) {
    event.preventDefault();
    event.stopPropagation();
    open(select);
    return;
  }
  if (event.key === "Backspace" && !event.target.value && isMulti(select)) set(select, chosenOf(select).slice(0, -1));
}, { capture: true });

document.addEventListener("focusout", (event) => {
  const select = selectOf(event.target);
  if (!select) return;
  if (openPopup()?.anchor === event.target) closePopup();
  const cleared = !isMulti(select) && !event.target.value && chosenOf(select).length;
  if (cleared && select.closest("[data-input-block]")) set(select, []);
  else draw(select);
});
