// The entry point of the page's script.
import "./surfaces.js";
import "./keys.js";
import "./inspector.js";
import "./canvases.js";
import { element } from "./element.js";
import { act, post } from "./net.js";
import { mainField, restoreDrafts } from "./composer.js";
import { report } from "./errors.js";
import { listen, refresh } from "./live.js";
import { go } from "./navigation.js";
import { showModals } from "./modals.js";
import { closeThread } from "./keys.js";
import { active, here, pathOf, pathOfPermalink, place } from "./place.js";
import { menu } from "./popup.js";
import { onEnds, settle } from "./scroll.js";
import { openThread } from "./tools.js";

const root = document.documentElement;
const hasPointer = matchMedia("(hover: hover)").matches;

async function enter(path) {
  await go(path);
  if (path.endsWith("/@home")) { await act("open_home"); await refresh(); }
  if (hasPointer) mainField()?.focus();
}

/** Follow a link; a link inside a modal closes the modal. */
async function follow(link) {
  const dialog = link.closest("#part-modals dialog");
  if (dialog) {
    await act("close", { view_id: dialog.dataset.viewId, all: true });
    await refresh(); // while a dialog is open, nothing behind it can have the focus
  }
  if (link.dataset.go) await enter(pathOf(link.dataset.go));
  else if (link.pathname.startsWith("/docs/")) {
    const { pathname, search } = new URL((await fetch(link.href)).url); // the server knows where the canvas is shared
    await go(pathname + search);
  }
  else await go(pathOfPermalink(link.href) ?? link.href);
}

const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;

const ON_CLICK = {
  "[data-go]": follow,
  [`a[href^="${location.origin}/archives/"], a[href^="${location.origin}/docs/"]`]: follow,
  "[data-open-tab]": (link) => go(here() + (link.dataset.openTab ? `?tab=${link.dataset.openTab}` : "")),
  "[data-open-thread]": (link) => openThread(link.closest("[data-message]")),
};
const ON_BUTTON = {
  "[data-skip]": () => (mainField() ?? document.getElementById("main")).focus(),
  "[data-close-thread]": closeThread,
  "[data-sidebar]": () => root.toggleAttribute("data-sidebar-open"),
  "[data-join]": (button) => membership("join", { channel: button.dataset.join }),
  "[data-leave]": (button) => membership("leave", { channel: button.dataset.leave }),
  "[data-invite]": (button) => membership("invite", { channel: place.channel, target: button.dataset.invite }),
  "[data-toggle-theme]": toggleTheme,
  "[data-act-as]": chooseUser,
  "[data-rest]": (button) => membership("do_not_disturb", { minutes: Number(button.dataset.rest) }),
};

async function membership(action, fields) {
  report(document.getElementById("main"), await act(action, fields));
  await refresh();
}

function toggleTheme() {
  const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  localStorage.setItem("theme", root.dataset.theme);
}

function chooseUser(button) {
  const items = active().filter((each) => !each.bot).map((each) => ({ ...each, value: each.name, chosen: each.name === place.user }));
  menu(button, items, (item) => { location.href = here().replace(/^\/[^/]+/, `/${item.value}`); }, "Act as");
}

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  for (const [selector, handler] of Object.entries(ON_CLICK)) {
    const link = event.target.closest(selector);
    if (link && plain(event)) { event.preventDefault(); handler(link); return; }
  }
  for (const [selector, handler] of Object.entries(ON_BUTTON)) {
    const button = event.target.closest(selector);
    if (button) { handler(button); return; }
  }
  if (root.hasAttribute("data-sidebar-open") && !event.target.closest(".sidebar")) root.removeAttribute("data-sidebar-open");
});

// A preview is fetched when it is unfolded, not before.
document.addEventListener("toggle", (event) => {
  if (event.target.matches?.("[data-preview][open]")) preview(event.target);
}, { capture: true });

async function preview(details) {
  const host = details.querySelector(".document");
  if (host.childElementCount) return;
  const text = await (await fetch(details.dataset.preview)).text();
  if ("markdown" in details.dataset) host.innerHTML = (await post("/page/preview", { user: place.user, text })).html; // made and escaped by the server
  else host.append(element("pre", { tabIndex: 0, textContent: text }));
}

onEnds(refresh);
settle();
restoreDrafts();
showModals();
listen();
if (place.tab === "home") act("open_home").then(() => refresh());
if (hasPointer && !place.at && !document.querySelector("dialog[open]")) mainField()?.focus();
