// Using the app's elements in messages, in modals and on the Home tab.
import { act } from "./net.js";
import { confirmed } from "./confirm.js";
import { report } from "./errors.js";
import { refresh } from "./live.js";
import { menu } from "./popup.js";
import { labelsChosen, startSelects } from "./select.js";
import { valueOf, valuesOf } from "./values.js";

const TEXTS = new Set(["text", "email", "url"]);
const COMPOUND = new Set(["select", "files"]); // made of several controls; they say themselves what was chosen
const PAUSE = 300; // milliseconds without a key after which the app hears of what was typed so far

/** The place of an element, in the control API's terms. */
function addressOf(element) {
  const surface = element.closest("[data-surface]");
  const { surface: kind, channel, ts, viewId } = surface.dataset;
  if (kind === "message") return { channel, ts };
  return kind === "modal" ? { view_id: viewId } : { home: true };
}

async function interact(element, action, extra = {}) {
  if (!(await confirmed(element))) { refresh(); return; }
  element.setAttribute("aria-busy", "true");
  const { actionId: action_id, blockId: block_id, value } = element.dataset;
  const form = element.closest("[data-view-form]");
  const values = form ? await valuesOf(form) : undefined; // Slack tells the app what all inputs of a form hold
  const result = await act(action, { ...addressOf(element), action_id, block_id, value, values, ...extra });
  element.removeAttribute("aria-busy");
  if (!element.closest("dialog")) delete element.dataset.dirty;
  report(element, result);
  await refresh();
}

/** Send a change to the app, if it dispatches; an external select's choice is always checked with the app. */
function dispatch(element) {
  const external = element.dataset.source === "external";
  if ("dispatch" in element.dataset || external) interact(element, "choose", { value: external ? labelsChosen(element) : valueOf(element) });
}

startSelects({ address: addressOf, onChange: dispatch });

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-click]");
  if (button && button.getAttribute("aria-busy") !== "true") interact(button, "click");
  const overflow = event.target.closest?.("[data-overflow]");
  if (overflow) {
    menu(overflow, JSON.parse(overflow.dataset.overflow), (item) => interact(overflow, "choose", { value: item.value }), "More actions");
  }
});

document.addEventListener("chosen", (event) => dispatch(event.target));

document.addEventListener("change", (event) => {
  const element = event.target.closest?.("[data-surface] [data-input]");
  if (!element || COMPOUND.has(element.dataset.input)) return;
  element.dataset.dirty = "";
  if (!TEXTS.has(element.dataset.input)) dispatch(element);
});

const pauses = new WeakMap(); // of each text
document.addEventListener("input", (event) => {
  const element = event.target.closest?.("[data-surface] [data-input]");
  if (!element || COMPOUND.has(element.dataset.input)) return;
  element.dataset.dirty = "";
  clearTimeout(pauses.get(element));
  if (tells(element, "on_character_entered")) pauses.set(element, setTimeout(() => dispatch(element), PAUSE));
});

/** Whether a text is dispatched on this event; the default is when Enter is pressed. */
const tells = (element, occasion) => TEXTS.has(element.dataset.input) && element.dataset.dispatch?.split(" ").includes(occasion);

document.addEventListener("keydown", (event) => {
  const element = event.target.closest?.("input[data-dispatch]");
  if (event.key === "Enter" && element && tells(element, "on_enter_pressed")) {
    event.preventDefault();
    dispatch(element);
  }
});
