// Keeping the page current: listen to the workspace's stream, fetch the changes, apply them.
import { post } from "./net.js";
import { patchList, patchParts } from "./patch.js";
import { place } from "./place.js";
import { afterChange, isAtBottom, isDetached, keepingPlace } from "./scroll.js";

const TRIM = 300; // messages above which the list is cut back to the newest, once the reader is at the bottom
const RETRY = 1000;
const MINUTE = 60_000;

let stream;
let running = null; // the refresh under way
let again = null; // the one to follow it
let wanted = { earlier: false, later: false }; // which further messages the next one asks for
let retry = null; // set while a refresh that failed waits for its next try
let moves = 0; // counts departures: an answer for the place before is thrown away
const after = new Set();

/** Call `listener` after every patch. */
export const onPatched = (listener) => after.add(listener);

/** Notify all listeners that the page has changed. */
export function patched() {
  for (const listener of after) listener();
}

/** Go to another place; returns a function that says whether this is still the latest move. */
export function depart() {
  const move = (moves += 1);
  return () => move === moves;
}

/** Bring the page up to date. Many calls at once become two: the present one and one after it. */
export function refresh({ earlier = false, later = false } = {}) {
  wanted = { earlier: earlier || wanted.earlier, later: later || wanted.later };
  if (!running) {
    running = fetchAndPatch(wanted).finally(() => { running = null; });
    wanted = { earlier: false, later: false };
    return running;
  }
  again ??= running.then(() => { again = null; return refresh(); });
  return again;
}

async function fetchAndPatch(further) {
  const departed = moves;
  const answer = await post("/page/refresh", asked(further)).catch(leaveIfGone);
  mark(answer ? "" : "Reconnecting…");
  if (!answer) { retry ??= setTimeout(() => { retry = null; refresh(); }, RETRY); return; }
  if (departed !== moves) return;
  let news = 0;
  keepingPlace(() => {
    patchParts(answer.parts);
    patchList("thread", answer.lists.thread);
    news = patchList("messages", answer.lists.messages);
  });
  afterChange({ news });
  patched();
}

/** The channel is gone, or can no longer be seen: go back to the start. */
function leaveIfGone({ status }) {
  if (status === 404) location.assign(`/${place.user}`);
  return null;
}

function asked({ earlier, later }) {
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
    newest: isDetached() ? [...rows].at(-1)?.dataset.ts ?? "" : "",
    count: cut ? 0 : rows.length,
    earlier,
    later,
    since: place.since,
    have,
  };
}

/** Listen, but only in a visible tab: browsers allow six connections to one server, in all tabs together. */
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
