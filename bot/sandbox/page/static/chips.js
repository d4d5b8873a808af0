// One chip for each chosen value, with a button to remove it.
import { element } from "./element.js";

export const chosenOf = (host) => JSON.parse(host.dataset.chosen || "[]");
export const labelsOf = (host) => JSON.parse(host.dataset.labels || "{}");

/** Redraw the chips of a select or a file input. */
export function drawChips(host) {
  const labels = labelsOf(host);
  host.querySelector(".chips").replaceChildren(...chosenOf(host).map((value) => {
    const remove = element("button", { type: "button", textContent: "×", "aria-label": `Remove ${labels[value] ?? value}` });
    remove.dataset.unchoose = value;
    return element("li", { className: "chip" }, labels[value] ?? value, remove);
  }));
}
