// What people do with the app's elements: in messages, in modals, on the Home tab.
import { act } from "./net.js";
import { confirmed } from "./confirm.js";
import { report } from "./errors.js";
import { refresh } from "./live.js";
import { menu } from "./popup.js";
import { labelsChosen, startSelects } from "./select.js";
import { valueOf } from "./values.js";

/** Where an element is, in the control API's words. */
export function addressOf(element) {
  const surface = element.closest("[data-surface]");
  const { surface: kind, channel, ts, viewId } = surface.dataset;
  if (kind === "message") return { channel, ts };
  return kind === "modal" ? { view_id: viewId } : { home: true };
}

async function interact(element, action, extra = {}) {
  if (!(await confirmed(element))) { refresh(); return; }
  element.setAttribute("aria-busy", "true");
  const { actionId: action_id, blockId: block_id } = element.dataset;
  const result = await act(action, { ...addressOf(element), action_id, block_id, ...extra });
  element.removeAttribute("aria-busy");
  if (!element.closest("dialog")) delete element.dataset.dirty;
  report(element, result);
  await refresh();
}

/** Tell the app of a change, if it wants to hear; an external select's choice is always checked with the app. */
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

document.addEventListener("change", (event) => {
  const element = event.target.closest?.("[data-surface] [data-input]");
  if (!element || element.dataset.input === "select") return;
  element.dataset.dirty = "";
  if (!["text", "email", "url"].includes(element.dataset.input)) dispatch(element);
});

document.addEventListener("input", (event) => {
  const element = event.target.closest?.("[data-surface] [data-input]");
  if (element && element.dataset.input !== "select") element.dataset.dirty = "";
});

// Text goes to the app on Enter, which is Slack's default for dispatch_action (on_enter_pressed).
document.addEventListener("keydown", (event) => {
  const element = event.target.closest?.("input[data-dispatch]");
  if (event.key === "Enter" && element && ["text", "email", "url"].includes(element.dataset.input)) {
    event.preventDefault();
    dispatch(element);
  }
});
