// Lists of messages: stay at the bottom, or keep the position, and load more at the top.
import { act } from "./net.js";
import { notice } from "./errors.js";
import { place } from "./place.js";

const NEAR = 60; // pixels from an end that count as being there

const scrollers = () => [...document.querySelectorAll("[data-scroller]")];
const mainScroller = () => document.querySelector("#main [data-scroller]");

/** Whether newer messages exist than the last one drawn: after a link into the middle of a channel. */
export const isDetached = () => Boolean(document.querySelector("[data-later]"));

// The end of a list that is not drawn yet is not its bottom.
const atBottom = (box) => !box.querySelector("[data-later]") && box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
// The Home tab has no messages: it is read from its top, also when the app fills it only after it was opened.
const sticks = (box) => Boolean(box.querySelector(".row")) && atBottom(box);
const toBottom = (box) => { box.scrollTop = box.scrollHeight; };

/** Apply a change of the page; the scroll position and the focus stay as far as possible. */
export function keepingPlace(change) {
  const home = document.activeElement?.closest("[data-message], .view");
  const before = scrollers().map((box) => {
    const top = box.getBoundingClientRect().top;
    const row = [...box.querySelectorAll(".row")].find((each) => each.getBoundingClientRect().bottom > top);
    return { box, stick: sticks(box), row, offset: row ? row.getBoundingClientRect().top : 0 };
  });
  change();
  for (const { box, stick, row, offset } of before) {
    if (stick) toBottom(box);
    else if (row?.isConnected) box.scrollTop += row.getBoundingClientRect().top - offset;
  }
  const lost = document.activeElement === document.body; // what had the focus is gone, as a button that was pressed
  if (lost && home?.isConnected) home.focus({ preventScroll: true });
}

// When the window, the keyboard or the inspector reduces the space, a list at the bottom stays there.
const stuck = new WeakMap();
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) if (stuck.get(target)) toBottom(target);
});

/** The lists were filled: show their ends, as when a channel is opened; lists in `kept` stay. */
export function settle({ kept } = {}) {
  sizes.disconnect();
  for (const box of scrollers()) {
    if (!kept?.contains(box) && box.querySelector(".row") && place.tab === "") toBottom(box);
    stuck.set(box, sticks(box));
    sizes.observe(box);
  }
  if (place.at) showLinked();
  watchEnds();
  showPill();
  markRead();
}

/** Scroll to the linked message, in the thread and in the channel. */
function showLinked() {
  const find = (list, ts) => document.querySelector(`#list-${list} [data-message][data-ts="${CSS.escape(ts)}"]`);
  const reply = find("thread", place.at);
  const message = find("messages", place.thread || place.at);
  for (const each of [message, reply]) each?.scrollIntoView({ block: "center" });
  const linked = reply ?? message;
  if (!linked) { notice(document.getElementById("main"), "The message that the link leads to is not here, or no longer."); return; }
  linked.classList.add("linked");
  linked.focus({ preventScroll: true });
}

let watcher;
let load = () => {};

/** Call `more` with `{earlier}` or `{later}` whenever the mark above or below the messages comes into view. */
export function onEnds(more) {
  load = more;
  watchEnds();
}

function watchEnds() {
  watcher?.disconnect();
  watcher = new IntersectionObserver((seen) => {
    const marks = seen.filter((each) => each.isIntersecting).map((each) => each.target);
    if (marks.length) load({ earlier: marks.some((mark) => "earlier" in mark.dataset), later: marks.some((mark) => "later" in mark.dataset) });
  }, { root: mainScroller(), rootMargin: "400px 0px" });
  for (const mark of document.querySelectorAll("[data-earlier], [data-later]")) watcher.observe(mark);
}

/** The button to the end, shown if the end is out of sight and has new messages. */
function showPill(news = 0) {
  const box = mainScroller();
  const pill = document.querySelector("[data-newer]");
  if (box && pill && (news || isDetached() || atBottom(box))) pill.hidden = atBottom(box);
}

/** The lists have changed: if messages are new and the reader is further up, say so. */
export function afterChange({ news }) {
  showPill(news);
  watchEnds();
  markRead();
}

let reading = false;

async function markRead() {
  const link = document.querySelector(`#part-sidebar a.unread[data-go="${place.channel}"]`);
  if (!link || reading || place.tab || document.hidden || !mainScroller() || !atBottom(mainScroller())) return;
  reading = true;
  await act("read", { channel: place.channel });
  reading = false;
}

export const isAtBottom = () => !mainScroller() || atBottom(mainScroller());

document.addEventListener("scroll", (event) => {
  if (event.target.matches?.("[data-scroller]")) stuck.set(event.target, sticks(event.target));
  if (event.target !== mainScroller() || !atBottom(event.target)) return;
  showPill();
  markRead();
}, { capture: true, passive: true });

/** Scroll the channel to its end, which must be drawn. */
export const scrollToEnd = () => { if (mainScroller()) toBottom(mainScroller()); };

