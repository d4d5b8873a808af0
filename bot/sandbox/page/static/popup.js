// The one list that pops up: completion, selects (focus stays in the field) and menus (focus moves in).
let current = null;

const NEAR = 6; // pixels between the popup and what it belongs to
let count = 0;

export const openPopup = () => current;

export function closePopup() {
  current?.close();
}

/**
 * Open a list of `items` ({value, label, hint, group, danger}) beside `anchor`.
 * `beside` is the element next to which it opens, if it is not the anchor.
 * kind "listbox": `field` keeps the focus, and aria-activedescendant names the active item.
 * kind "menu": the focus moves into the list and back to the anchor on Escape.
 */
export function popup({ anchor, items, kind = "listbox", field = anchor, label, pick, above = false, beside = anchor, empty = "Nothing found" }) {
  closePopup();
  const box = document.createElement("div");
  const id = `popup-${(count += 1)}`;
  Object.assign(box, { id, className: "popup" });
  box.setAttribute("role", kind);
  box.setAttribute("aria-label", label);
  if (kind === "menu") box.tabIndex = -1;
  (anchor.closest("dialog, main, aside, nav, .topbar") ?? document.body).append(box); // in the landmark it belongs to
  const self = { anchor, kind, box, active: 0, items, close, show, move, choose, pick };
  current = self;
  const expands = field.hasAttribute("aria-expanded"); // a composer does not: it is a text box, whatever it offers
  if (expands) field.setAttribute("aria-expanded", "true");
  if (kind === "listbox") field.setAttribute("aria-controls", id);

  function show(next) {
    self.items = next;
    self.active = 0;
    const lines = [];
    let group = "";
    next.forEach((item, at) => {
      if (item.group && item.group !== group) lines.push(heading((group = item.group)));
      lines.push(line(item, at));
    });
    if (!next.length) lines.push(Object.assign(document.createElement("p"), { className: "quiet", textContent: empty }));
    box.replaceChildren(...lines);
    activate(0);
    position();
  }

  function line(item, at) {
    const option = document.createElement(kind === "menu" ? "button" : "div");
    option.id = `${id}-${at}`;
    option.className = `popup-line${item.danger ? " danger" : ""}`;
    option.setAttribute("role", kind === "menu" ? "menuitem" : "option");
    if (kind === "menu") option.tabIndex = -1;
    const name = document.createElement("span");
    name.textContent = item.label;
    option.append(name);
    if (item.chosen) option.append(Object.assign(document.createElement("span"), { textContent: "✓", className: "tick" }));
    if (item.hint) option.append(Object.assign(document.createElement("small"), { textContent: item.hint }));
    option.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps its focus
    option.addEventListener("click", () => choose(at));
    option.addEventListener("pointermove", () => { if (self.active !== at) activate(at, false); });
    return option;
  }

  function heading(text) {
    const element = document.createElement("p");
    Object.assign(element, { className: "popup-group", textContent: text });
    element.setAttribute("role", "presentation");
    return element;
  }

  function activate(at, scroll = true) {
    box.querySelector(".active")?.classList.remove("active");
    box.querySelector("[aria-selected]")?.removeAttribute("aria-selected");
    self.active = at;
    const option = document.getElementById(`${id}-${at}`);
    if (!option) { field.removeAttribute("aria-activedescendant"); return; }
    option.classList.add("active");
    if (scroll) option.scrollIntoView({ block: "nearest" });
    if (kind === "menu") option.focus({ preventScroll: !scroll });
    else {
      option.setAttribute("aria-selected", "true");
      field.setAttribute("aria-activedescendant", option.id);
    }
  }

  function move(by) {
    const length = self.items.length;
    if (length) activate((self.active + by + length) % length);
  }

  function choose(at = self.active) {
    const item = self.items[at];
    if (!item) return;
    close(kind === "menu");
    pick(item);
  }

  function position() {
    const at = beside.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = box;
    const below = innerHeight - at.bottom;
    const up = above || (below < height + NEAR && at.top > below);
    box.style.minWidth = `${Math.min(at.width, innerWidth - 16)}px`;
    box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
    box.style.top = up ? `${Math.max(8, at.top - height - NEAR)}px` : `${Math.min(at.bottom + NEAR, innerHeight - height - 8)}px`;
  }

  function close(refocus = false) {
    if (current !== self) return;
    current = null;
    box.remove();
    if (expands) field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
    if (refocus) anchor.focus();
  }

  show(items);
  return self;
}

/** Handle the keys of an open list; returns whether a key was handled. */
export function popupKey(event) {
  if (!current) return false;
  const keys = {
    ArrowDown: () => current.move(1),
    ArrowUp: () => current.move(-1),
    Enter: () => current.choose(),
    Tab: () => (current.kind === "menu" ? current.close(true) : current.choose()),
    Escape: () => current.close(current.kind === "menu"),
    ...(current.kind === "menu" ? { Home: () => current.move(-current.active), End: () => current.move(-1 - current.active), " ": () => current.choose() } : {}),
  };
  if (!keys[event.key] || event.isComposing) return false;
  if (["Enter", "Tab"].includes(event.key) && current.kind === "listbox" && !current.items.length) return false;
  event.preventDefault();
  event.stopPropagation();
  keys[event.key]();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (current?.kind === "menu") popupKey(event);
}, { capture: true });
document.addEventListener("pointerdown", (event) => {
  if (current && !current.box.contains(event.target) && !current.anchor.contains(event.target)) current.close();
}, { capture: true });
window.addEventListener("resize", closePopup);

/** Open a menu for a button; a second click closes it. */
export function menu(anchor, items, pick, label) {
  if (current?.anchor === anchor) { closePopup(); return; }
  popup({ anchor, items, kind: "menu", label, pick });
}

/** The items that match what was typed, best first. */
export function matching(items, query, limit = 60) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return items.slice(0, limit);
  const rank = (item) => {
    const texts = [item.label, item.hint ?? "", item.name ?? ""].map((text) => text.toLowerCase().replace(/^[#@/]/, ""));
    if (texts.some((text) => text.startsWith(wanted))) return 0;
    if (texts.some((text) => text.split(/[\s_-]+/).some((word) => word.startsWith(wanted)))) return 1;
    return texts.some((text) => text.includes(wanted)) ? 2 : 3;
  };
  return items.map((item) => [rank(item), item]).filter(([at]) => at < 3).sort((a, b) => a[0] - b[0]).map(([, item]) => item).slice(0, limit);
}
