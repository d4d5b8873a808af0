// Make one tree of elements like another with as few changes as possible:
// focus, scroll position, selection and typed text stay.
const OWN = new Set(["open"]); // dialogs and details open and close in the browser only

const INNER = "[role=combobox], [type=file]"; // the control inside a select or a file input

/** Parse one element. */
export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

const keyOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset?.key || "" : "");

function like(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName && keyOf(a) === keyOf(b);
}

function syncAttributes(from, to) {
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !OWN.has(name) && name !== "data-dirty") from.removeAttribute(name);
  }
  for (const { name, value } of [...to.attributes]) {
    if (from.getAttribute(name) !== value && !OWN.has(name)) from.setAttribute(name, value);
  }
}

/** Turn `from` into `to`. An element marked data-dirty holds a person's input and keeps it. */
export function morph(from, to) {
  if (!like(from, to)) {
    from.replaceWith(to);
    return;
  }
  if (from.nodeType !== Node.ELEMENT_NODE) {
    if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    return;
  }
  if (from.isEqualNode(to)) return;
  if ("dirty" in from.dataset) {
    syncInvalid(from, to);
    syncInvalid(from.querySelector(INNER), to.querySelector(INNER));
    return;
  }
  syncAttributes(from, to);
  if (from instanceof HTMLInputElement) syncInput(from, to);
  else if (from instanceof HTMLTextAreaElement) { if (document.activeElement !== from) from.value = to.value; }
  else morphChildren(from, to);
}

/** Keep what the person typed; whether it is valid comes from the server. */
function syncInvalid(from, to) {
  if (to?.hasAttribute("aria-invalid")) from?.setAttribute("aria-invalid", "true");
  else from?.removeAttribute("aria-invalid");
}

function syncInput(from, to) {
  if (from.type === "checkbox" || from.type === "radio") from.checked = to.checked;
  else if (from.type !== "file" && document.activeElement !== from) from.value = to.value;
}

/** Turn the children of `from` into those of `to`; elements with keys are moved, not created again. */
export function morphChildren(from, to) {
  const keyed = new Map();
  for (const child of from.children) if (keyOf(child)) keyed.set(keyOf(child), child);
  let cursor = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const known = keyed.get(keyOf(wanted));
    if (known && known.nodeName === wanted.nodeName) {
      if (known === cursor) cursor = cursor.nextSibling;
      else from.insertBefore(known, cursor);
      morph(known, wanted);
    } else if (cursor && !keyOf(cursor) && like(cursor, wanted)) {
      const next = cursor.nextSibling;
      morph(cursor, wanted);
      cursor = next;
    } else {
      from.insertBefore(wanted, cursor);
    }
  }
  while (cursor) {
    const next = cursor.nextSibling;
    if (cursor instanceof HTMLDialogElement) cursor.close(); // gives the focus back to where it came from
    cursor.remove();
    cursor = next;
  }
}
