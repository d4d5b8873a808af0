// What was chosen, one chip each, with a button that takes it away again.
import { element } from "./element.js";

export const chosenOf = (host) => JSON.parse(host.dataset.chosen || "[]");
export const labelsOf = (host) => JSON.parse(host.dataset.labels || "{}");

/** Draw the chips of a select or a file input anew. */
export function drawChips(host) {
  const labels = labelsOf(host);
  host.querySelector(".chips").replaceChildren(...chosenOf(host).map((value) => {
    const remove = element("button", { type: "button", textContent: "×", "aria-label": `Remove ${labels[value] ?? value}` });
    remove.dataset.unchoose = value;
    return element("li", { className: "chip" }, labels[value] ?? value, remove);
  }));
}
