// Lists of messages: stay at the bottom when there, keep one's place when not, ask for more at the top.
import { act } from "./net.js";
import { place } from "./place.js";

const NEAR = 60; // pixels from an end that count as being there

const scrollers = () => [...document.querySelectorAll("[data-scroller]")];
export const mainScroller = () => document.querySelector("#main [data-scroller]");

const atBottom = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < NEAR;
const toBottom = (box) => { box.scrollTop = box.scrollHeight; };

/** Run a change of the lists; afterwards everybody looks at what they looked at before. */
export function keepingPlace(change) {
  const before = scrollers().map((box) => {
    const top = box.getBoundingClientRect().top;
    const row = [...box.querySelectorAll(".row")].find((each) => each.getBoundingClientRect().bottom > top);
    return { box, stick: atBottom(box), row, offset: row ? row.getBoundingClientRect().top : 0 };
  });
  change();
  for (const { box, stick, row, offset } of before) {
    if (stick) toBottom(box);
    else if (row?.isConnected) box.scrollTop += row.getBoundingClientRect().top - offset;
  }
}

// When the window, the keyboard or the inspector takes room away, whoever was at the bottom stays there.
const stuck = new WeakMap();
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) if (stuck.get(target)) toBottom(target);
});

/** The list was filled: show its end, as one does on entering a channel. */
export function settle() {
  sizes.disconnect();
  for (const box of scrollers()) {
    if (box.querySelector(".row") && place.tab === "") toBottom(box);
    stuck.set(box, atBottom(box));
    sizes.observe(box);
  }
  const linked = /^#at-([\d.]+)$/.exec(location.hash)?.[1]; // of a copied link
  if (linked) document.querySelector(`#list-messages [data-message][data-ts="${linked}"]`)?.focus();
  watchEarlier();
  markRead();
}

let watcher;
let earlier = () => {};

/** Call `load` whenever the mark above the oldest message comes into view. */
export function onEarlier(load) {
  earlier = load;
  watchEarlier();
}

function watchEarlier() {
  watcher?.disconnect();
  const mark = document.querySelector("[data-earlier]");
  if (!mark) return;
  watcher = new IntersectionObserver((seen) => { if (seen.some((each) => each.isIntersecting)) earlier(); },
    { root: mainScroller(), rootMargin: "400px 0px 0px 0px" });
  watcher.observe(mark);
}

/** The lists have changed: if messages are new and the reader is further up, say so. */
export function afterChange({ news }) {
  const box = mainScroller();
  const pill = document.querySelector("[data-newer]");
  if (box && pill && (news || atBottom(box))) pill.hidden = atBottom(box);
  watchEarlier();
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
  if (event.target.matches?.("[data-scroller]")) stuck.set(event.target, atBottom(event.target));
  if (event.target !== mainScroller() || !atBottom(event.target)) return;
  const pill = document.querySelector("[data-newer]");
  if (pill) pill.hidden = true;
  markRead();
}, { capture: true, passive: true });

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-newer]")) toBottom(mainScroller());
});

