// Going to another place without loading a new document.
import { depart, patched, refresh } from "./live.js";
import { morphChildren } from "./morph.js";
import { here, place } from "./place.js";
import { closePopup } from "./popup.js";
import { isDetached, keepingPlace, scrollToEnd, settle } from "./scroll.js";

const root = document.documentElement;

/** Go to another place; the channel's list stays if only the thread changes. */
export async function go(path, { push = true } = {}) {
  const isStillWanted = depart();
  closePopup();
  const response = await fetch(path, { headers: { "X-Since": place.since } });
  if (!response.ok) { location.href = path; return; }
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!isStillWanted()) return;
  if (push && path !== here() + location.search) history.pushState(null, "", path);
  const kept = onlyThreadChanges(next.documentElement.dataset) ? document.getElementById("main") : null;
  const { theme } = root.dataset; // the server knows nothing of it
  Object.assign(root.dataset, next.documentElement.dataset, theme && { theme });
  root.removeAttribute("data-sidebar-open");
  document.title = next.title;
  keepingPlace(() => fill(next, kept));
  depart(); // an answer that was asked for while the old rows stood here does not fit the new ones
  showCurrent();
  settle({ kept });
  patched();
  refresh();
}

function onlyThreadChanges(next) {
  return next.channel === place.channel && next.tab === place.tab && next.thread !== place.thread && !next.at;
}

/** Apply the changes piece by piece, because a moved element loses its scroll position. */
function fill(next, kept) {
  const screen = document.getElementById("screen");
  const fresh = next.getElementById("screen");
  morphChildren(document.getElementById("part-sidebar"), next.getElementById("part-sidebar"));
  screen.className = fresh.className;
  if (!kept) document.getElementById("main").replaceWith(fresh.querySelector("#main"));
  screen.querySelector(":scope > .thread")?.remove();
  screen.append(...fresh.querySelectorAll(":scope > .thread"));
}

function showCurrent() {
  const current = document.querySelector("#part-sidebar [aria-current]");
  current?.closest("details")?.setAttribute("open", "");
  current?.scrollIntoView({ block: "nearest" });
}

/** Show the end of the channel; fetch it first if a link led into the middle. */
export async function toEnd() {
  if (isDetached()) await go(here() + (place.thread ? `?thread=${place.thread}` : ""));
  scrollToEnd();
}

document.addEventListener("click", (event) => { if (event.target.closest?.("[data-newer]")) toEnd(); });
window.addEventListener("popstate", () => go(here() + location.search, { push: false }));
