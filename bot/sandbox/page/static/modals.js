// Modals: dialogs that the server's view stack opens and closes.
import { act } from "./net.js";
import { explain, notice } from "./errors.js";
import { onPatched, refresh } from "./live.js";
import { nameChosen } from "./select.js";
import { valuesOf } from "./values.js";

/** Open the dialogs of new views, in the order of the stack, and focus the first field with an error. */
export function showModals() {
  nameChosen();
  for (const dialog of document.querySelectorAll("#part-modals dialog:not([open])")) {
    dialog.showModal();
    focusFirst(dialog);
  }
  if (held && !held.isConnected) catchFocus();
}

function focusFirst(dialog) {
  const first = dialog.querySelector("[autofocus], .view input:not([type=hidden]), .view textarea, .view button") ?? dialog.querySelector(".modal-foot button:last-child");
  first?.focus();
}

// A view that takes the place of another removes the button that was pressed. Without the focus in the dialog, Escape and
// Tab would do nothing there.
let held = null;
document.addEventListener("focusin", (event) => {
  held = event.target.closest?.("#part-modals dialog") ? event.target : null;
});

function catchFocus(button) {
  const dialog = [...document.querySelectorAll("#part-modals dialog[open]")].at(-1);
  if (!dialog || dialog.contains(document.activeElement)) return;
  if (button && dialog.contains(button)) button.focus();
  else focusFirst(dialog);
}

async function submit(form) {
  const dialog = form.closest("dialog");
  const button = form.querySelector("[type=submit]");
  if (!button || form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  button.disabled = true;
  const result = await act("submit", { view_id: dialog.dataset.viewId, values: await valuesOf(form) });
  await refresh();
  form.removeAttribute("aria-busy");
  button.disabled = false;
  const hasErrors = Object.keys(result.field_errors ?? {}).length > 0;
  notice(form, result.ok === false && !hasErrors ? explain(result.error) : "");
  if (hasErrors) focusFirstWrong(dialog);
  else catchFocus(button);
}

function focusFirstWrong(dialog) {
  const wrong = dialog.querySelector("[aria-invalid]");
  (wrong?.matches("input, textarea") ? wrong : wrong?.querySelector("input"))?.focus();
}

async function close(dialog) {
  await act("close", { view_id: dialog.dataset.viewId });
  await refresh();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-view-form]")) return;
  event.preventDefault();
  submit(event.target);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-close-view]");
  if (button) close(button.closest("dialog"));
});
// Escape: the dialog closes when the server's stack says so, not before.
document.addEventListener("cancel", (event) => {
  if (!event.target.matches?.("#part-modals dialog")) return;
  event.preventDefault();
  close(event.target);
}, { capture: true });

onPatched(showModals);
