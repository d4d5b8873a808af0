// Keeping the page true: listen to the workspace's stream, fetch what changed, patch it in; and moving about.
import { post } from "./net.js";
import { morphChildren } from "./morph.js";
import { patchList, patchParts } from "./patch.js";
import { closePopup } from "./popup.js";
import { here, place } from "./place.js";
import { afterChange, isAtBottom, keepingPlace, settle } from "./scroll.js";

const TRIM = 300; // messages above which the list is cut back to the newest, once the reader is at the bottom
const RETRY = 1000;
const MINUTE = 60_000;

let stream;
let running = null; // the refresh under way
let again = null; // the one to follow it
let wantsEarlier = false; // whether the next one asks for older messages too
let retry = null; // set while a refresh that failed waits for its next try
let moves = 0; // counts navigations: an answer for the place before is thrown away
const after = new Set();

/** Call `listener` after every patch. */
export const onPatched = (listener) => after.add(listener);

/** Bring the page up to date. Many calls at once become two: the one under way and one after it. */
export function refresh({ earlier = false } = {}) {
  wantsEarlier ||= earlier;
  if (!running) {
    running = fetchAndPatch(wantsEarlier).finally(() => { running = null; });
    wantsEarlier = false;
    return running;
  }
  again ??= running.then(() => { again = null; return refresh(); });
  return again;
}

async function fetchAndPatch(earlier) {
  const move = moves;
  const answer = await post("/page/refresh", asked(earlier)).catch(leaveIfGone);
  mark(answer ? "" : "Reconnecting…");
  if (!answer) { retry ??= setTimeout(() => { retry = null; refresh(); }, RETRY); return; }
  if (move !== moves) return;
  let news = 0;
  keepingPlace(() => {
    patchParts(answer.parts);
    patchList("thread", answer.lists.thread);
    news = patchList("messages", answer.lists.messages);
  });
  afterChange({ news });
  for (const listener of after) listener(answer);
}

/** A channel that is no more, or no longer ours to see: back to where one came in. */
function leaveIfGone({ status }) {
  if (status === 404) location.assign(`/${place.user}`);
  return null;
}

function asked(earlier) {
  const have = {};
  for (const part of document.querySelectorAll("[data-part]")) have[part.dataset.part] = part.dataset.hash ?? "";
  for (const row of document.querySelectorAll(".row")) have[row.dataset.key] = row.dataset.hash;
  const rows = document.querySelectorAll("#list-messages > .row");
  const cut = rows.length > TRIM && isAtBottom() && !earlier;
  return {
    user: place.user,
    channel: place.tab === "home" ? "@home" : place.channel,
    tab: place.tab,
    thread: place.thread,
    oldest: cut || place.tab ? "" : rows[0]?.dataset.ts ?? "",
    count: cut ? 0 : rows.length,
    earlier,
    have,
  };
}

/** Listen. Only a visible tab does: browsers allow six connections to one server, over all their tabs. */
export function listen() {
  stream?.close();
  if (document.hidden) return;
  stream = new EventSource(`/control/stream?user=${encodeURIComponent(place.user)}`);
  stream.addEventListener("changed", () => refresh());
  stream.addEventListener("open", () => refresh());
  stream.addEventListener("error", () => {
    mark("Reconnecting…");
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, RETRY);
  });
}

function mark(text) {
  document.querySelector("[data-live]").textContent = text;
  document.documentElement.toggleAttribute("data-offline", Boolean(text));
}

document.addEventListener("visibilitychange", listen);
setInterval(() => { if (!document.hidden) refresh(); }, MINUTE / 3); // time passes even where nothing happens

/** Go to another place without leaving the document. */
export async function go(path, { push = true } = {}) {
  moves += 1;
  const move = moves;
  closePopup();
  const response = await fetch(path);
  if (!response.ok) { location.href = path; return; }
  const next = new DOMParser().parseFromString(await response.text(), "text/html");
  if (move !== moves) return; // somebody was quicker
  if (push && path !== here() + location.search) history.pushState(null, "", path);
  Object.assign(document.documentElement.dataset, { ...next.documentElement.dataset, theme: document.documentElement.dataset.theme ?? "" });
  if (!document.documentElement.dataset.theme) delete document.documentElement.dataset.theme;
  document.title = next.title;
  document.documentElement.removeAttribute("data-sidebar-open");
  const sidebar = document.getElementById("part-sidebar");
  const screen = document.getElementById("screen");
  const fresh = next.getElementById("screen");
  morphChildren(sidebar, next.getElementById("part-sidebar"));
  fresh.querySelector("#part-sidebar").replaceWith(sidebar);
  screen.className = fresh.className;
  screen.replaceChildren(...fresh.childNodes);
  showCurrent(sidebar);
  settle();
  for (const listener of after) listener(null);
  refresh();
}

function showCurrent(sidebar) {
  const current = sidebar.querySelector("[aria-current]");
  current?.closest("details")?.setAttribute("open", "");
  current?.scrollIntoView({ block: "nearest" });
}

window.addEventListener("popstate", () => go(here() + location.search, { push: false }));
