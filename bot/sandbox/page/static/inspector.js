// The inspector: traffic, the clock, faults, and a reset.
import { ask } from "./confirm.js";
import { clockPanel } from "./clock_panel.js";
import { faultsPanel } from "./faults_panel.js";
import { post } from "./net.js";
import { trafficPanel } from "./traffic_panel.js";
import { element } from "./element.js";

const drawer = document.getElementById("inspector");
const PANELS = { traffic: ["Traffic", trafficPanel], clock: ["Clock", clockPanel], faults: ["Faults", faultsPanel] };

let leave = () => {};
let shown = "";

function show(name) {
  leave();
  shown = name;
  const panel = element("div", { className: "panel", id: "drawer-panel", role: "tabpanel", "aria-labelledby": `drawer-${name}` });
  leave = PANELS[name][1](panel) ?? (() => {});
  drawer.replaceChildren(
    element("header", { className: "drawer-head" },
      element("div", { role: "tablist", "aria-label": "Inspector" }, ...Object.entries(PANELS).map(([each, [title]]) =>
        element("button", {
          type: "button", role: "tab", id: `drawer-${each}`, className: "drawer-tab", "aria-selected": String(each === name), "aria-controls": "drawer-panel",
          tabIndex: each === name ? 0 : -1, textContent: title, onclick: () => { show(each); document.getElementById(`drawer-${each}`).focus(); },
        }))),
      element("button", { type: "button", className: "button small", textContent: "Reset", title: "Start over with an empty workspace", onclick: reset }),
      element("button", { type: "button", className: "button icon", "aria-label": "Close the inspector", textContent: "×", onclick: close })),
    panel,
  );
  drawer.hidden = false;
  mark();
  sessionStorage.setItem("drawer", name);
}

function close() {
  leave();
  leave = () => {};
  shown = "";
  drawer.hidden = true;
  drawer.replaceChildren();
  mark();
  sessionStorage.removeItem("drawer");
}

function mark() {
  document.querySelector("[data-inspector]").setAttribute("aria-expanded", String(shown === "traffic"));
  document.querySelector("[data-clock]").setAttribute("aria-expanded", String(shown === "clock"));
}

function toggle(name, button) {
  if (shown === name) { close(); button?.focus(); } else { show(name); document.getElementById(`drawer-${name}`).focus(); }
}

async function reset() {
  const sure = await ask({ title: "Reset the workspace?", text: "Every message, channel and modal goes; the people and first channels come back. The app keeps its own memory.", yes: "Reset", danger: true });
  if (!sure) return;
  await post("/control/reset", {});
  sessionStorage.clear();
  location.href = `/${document.documentElement.dataset.user}`;
}

drawer.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    const opener = document.querySelector(shown === "clock" ? "[data-clock]" : "[data-inspector]");
    close();
    opener.focus();
    event.stopPropagation();
  }
  if (event.target.matches?.("[role=tab]") && ["ArrowLeft", "ArrowRight"].includes(event.key)) {
    const names = Object.keys(PANELS);
    const next = names[(names.indexOf(shown) + (event.key === "ArrowRight" ? 1 : -1) + names.length) % names.length];
    show(next);
    document.getElementById(`drawer-${next}`).focus();
  }
});
document.addEventListener("click", (event) => {
  const inspector = event.target.closest?.("[data-inspector]");
  const clock = event.target.closest?.("[data-clock]");
  if (inspector) toggle("traffic", inspector);
  if (clock) toggle("clock", clock);
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "i" && !event.shiftKey) { event.preventDefault(); toggle("traffic"); }
});

const remembered = sessionStorage.getItem("drawer");
if (PANELS[remembered]) show(remembered);
