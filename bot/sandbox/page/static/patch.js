// Replacing parts of the page by what the server drew again.
import { morph, morphChildren, parse } from "./morph.js";

/** Replace the parts that changed. */
export function patchParts(parts) {
  for (const [name, { hash, html }] of Object.entries(parts)) {
    const part = document.getElementById(`part-${name}`);
    if (!part) continue;
    part.dataset.hash = hash;
    if (part instanceof HTMLScriptElement) part.textContent = html;
    else morphChildren(part, parse(html));
  }
}

/** Make a list hold these rows, in this order; returns how many are new at its end. */
export function patchList(name, rows) {
  const list = document.getElementById(`list-${name}`);
  if (!list) return 0;
  const known = new Map([...list.children].map((row) => [row.dataset.key, row]));
  const last = list.lastElementChild?.dataset.ts ?? "";
  const fresh = [];
  let cursor = list.firstElementChild;
  for (const [key, , html] of rows) {
    let row = known.get(key);
    if (html !== null) {
      const wanted = parse(html).firstElementChild;
      if (row) morph(row, wanted);
      else {
        row = wanted;
        if (row.dataset.ts > last) fresh.push(row);
      }
    }
    if (!row) continue;
    known.delete(key);
    if (row === cursor) cursor = cursor.nextElementSibling;
    else list.insertBefore(row, cursor);
  }
  for (const row of known.values()) row.remove();
  announce(fresh);
  return fresh.length;
}

/** Announce new messages to screen readers; the lists themselves are too busy to be live regions. */
function announce(rows) {
  const announcer = document.getElementById("announcer");
  const said = rows.slice(-3).map((row) => row.querySelector("[data-message]")).filter(Boolean);
  if (!said.length) return;
  announcer.replaceChildren(...said.map((message) => {
    const line = document.createElement("p");
    const text = (message.querySelector(".said") ?? message.querySelector(":scope > span:last-of-type"))?.textContent.trim().replace(/\s+/g, " ") ?? "";
    line.textContent = `${message.dataset.author ?? ""}: ${text}`.slice(0, 400);
    return line;
  }));
}
