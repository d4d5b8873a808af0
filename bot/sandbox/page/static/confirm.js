// The question before the action of an element with a confirm object.
import { element } from "./element.js";

/** Ask if the element has a confirm object; returns whether the answer was yes. */
export function confirmed({ dataset }) {
  if (!dataset.confirm) return Promise.resolve(true);
  const { title, text, confirm, deny, style } = JSON.parse(dataset.confirm);
  return ask({ title, text, yes: confirm, no: deny, danger: style === "danger" });
}

/** Ask a question in a dialog. */
export function ask({ title, text, yes = "OK", no = "Cancel", danger = false }) {
  const agree = element("button", { className: `button ${danger ? "danger" : "primary"}`, value: "yes", textContent: yes });
  const dialog = element("dialog", { className: "modal small", role: "alertdialog", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
    element("form", { method: "dialog" },
      element("h2", { id: "confirm-title", textContent: title }),
      element("p", { id: "confirm-text", textContent: text }),
      element("div", { className: "modal-foot" }, element("button", { className: "button", value: "", textContent: no }), agree)));
  document.body.append(dialog);
  dialog.showModal();
  agree.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue === "yes"); });
  });
}
