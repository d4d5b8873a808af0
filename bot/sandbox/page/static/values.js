// The value of an input, in the form for the control API.
import { chosenOf } from "./chips.js";
import { uploaded } from "./files.js";
import { place } from "./place.js";

const MINUTE = 60_000;

/** Unix seconds of a wall-clock time ("2030-01-31T09:30") in a time zone. */
export function secondsOf(wall, zone) {
  const asUtc = Date.parse(`${wall}Z`);
  const offset = (moment) => {
    const parts = Object.fromEntries(new Intl.DateTimeFormat("en-GB", {
      timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23",
    }).formatToParts(moment).map(({ type, value }) => [type, value]));
    return Date.parse(`${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}Z`) - Math.floor(moment / MINUTE) * MINUTE;
  };
  const guess = asUtc - offset(asUtc);
  return (asUtc - offset(guess)) / 1000; // once more, for a guess on the other side of a clock change
}

const READERS = {
  select: (element) => ("multi" in element.dataset ? chosenOf(element) : chosenOf(element)[0] ?? null),
  checkbox: (element) => [...element.querySelectorAll(":checked")].map((each) => each.value),
  files: chosenOf,
  radio: (element) => element.querySelector(":checked")?.value ?? null,
  date: (element) => element.value || null,
  time: (element) => element.value || null,
  "datetime-local": (element) => (element.value ? secondsOf(element.value, place.zone) : null),
};

export const valueOf = (element) => (READERS[element.dataset.input] ?? ((each) => each.value))(element);

/** All values of a form, by block id, as soon as all files are uploaded. */
export async function valuesOf(form) {
  const values = {};
  for (const block of form.querySelectorAll("[data-input-block]")) {
    const element = block.querySelector("[data-input]");
    if (!element || element.dataset.source === "external") continue; // an external select's choice is there already
    await uploaded(element);
    values[block.dataset.inputBlock] = valueOf(element);
  }
  return values;
}
