// Editing a canvas as its markdown.
import { act } from "./net.js";
import { ask } from "./confirm.js";
import { report } from "./errors.js";
import { refresh } from "./live.js";

document.addEventListener("input", (event) => {
  if (event.target.matches?.("[data-canvas] textarea")) event.target.dataset.dirty = ""; // a refresh keeps what was typed
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest?.("[data-canvas]");
  if (!form) return;
  event.preventDefault();
  const field = form.elements.markdown;
  if (!report(form, await act("edit_canvas", { canvas: form.dataset.canvas, markdown: field.value }))) return;
  delete field.dataset.dirty;
  field.blur();
  form.closest("details").open = false;
  await refresh();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-delete-canvas]");
  if (!button || !(await ask({ title: "Delete this canvas?", text: "Nobody will be able to read it any more.", yes: "Delete", danger: true }))) return;
  report(button.form, await act("delete_canvas", { canvas: button.dataset.deleteCanvas }));
  await refresh();
});
