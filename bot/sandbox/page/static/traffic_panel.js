// Every envelope, call and ack between the workspace and the app.
import { element } from "./element.js";
import { get } from "./net.js";

const PAUSE = 700; // milliseconds between looks
const KEPT = 400; // lines; older ones make room
const ARROWS = { call: "→", envelope: "←", ack: "✓" };

/** Fill the panel and keep it current; returns a function that stops it. */
export function trafficPanel(panel) {
  const filter = element("input", { type: "search", className: "field", placeholder: "Filter: chat.postMessage, /incident…", "aria-label": "Filter the traffic" });
  const failures = element("input", { type: "checkbox" });
  const list = element("ol", { className: "traffic" });
  const nothing = element("p", { className: "quiet", textContent: "Nothing yet. Type a command and watch it arrive." });
  panel.append(
    element("div", { className: "filters" }, filter, element("label", { className: "check" }, failures, " only errors"), element("button", { type: "button", className: "button small", textContent: "Clear", onclick: () => list.replaceChildren() })),
    nothing, list,
  );
  let since = 0;
  let timer;
  let stopped = false;

  const sift = (line) => {
    const words = filter.value.trim().toLowerCase();
    line.hidden = (failures.checked && !line.classList.contains("failed")) || Boolean(words && !line.dataset.search.includes(words));
  };
  const siftAll = () => { for (const line of list.children) sift(line); };
  filter.addEventListener("input", siftAll);
  failures.addEventListener("change", siftAll);

  async function look() {
    const answer = await get(`/control/traffic?since=${since}`).catch(() => null);
    if (stopped) return;
    const entries = answer?.traffic ?? answer?.entries ?? (Array.isArray(answer) ? answer : []);
    for (const entry of entries) {
      since = Math.max(since, entry.seq);
      const line = lineOf(entry);
      sift(line);
      list.prepend(line);
    }
    while (list.childElementCount > KEPT) list.lastElementChild.remove();
    nothing.hidden = list.childElementCount > 0;
    timer = setTimeout(look, PAUSE);
  }
  look();
  return () => { stopped = true; clearTimeout(timer); };
}

function lineOf(entry) {
  const name = entry.method ?? entry.type ?? entry.kind;
  const failed = entry.ok === false || Boolean(entry.error);
  const summary = element("summary", {},
    element("span", { className: `kind ${entry.kind}`, title: entry.kind, textContent: ARROWS[entry.kind] ?? "·" }),
    element("span", { className: "wire-name", textContent: name }),
    ...(failed ? [element("span", { className: "wire-error", textContent: entry.error ?? "failed" })] : []),
    element("span", { className: "wire-ms", textContent: entry.ms == null ? "" : `${Math.round(entry.ms * 10) / 10} ms` }),
    element("time", { textContent: clock(entry.at) }));
  const details = element("details", {}, summary);
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) details.append(...["request", "response"].filter((key) => entry[key] != null).map((key) => json(key, entry[key])));
  });
  const line = element("li", { className: failed ? "failed" : "" }, details);
  line.dataset.search = `${entry.kind} ${name} ${entry.error ?? ""}`.toLowerCase();
  return line;
}

function json(title, value) {
  const text = JSON.stringify(value, null, 2);
  return element("figure", { className: "wire-json" },
    element("figcaption", {}, title, element("button", { type: "button", className: "button small", textContent: "Copy", onclick: () => navigator.clipboard?.writeText(text) })),
    element("pre", { tabIndex: 0, textContent: text }));
}

function clock(at) {
  const moment = new Date(typeof at === "number" ? at * 1000 : at);
  return Number.isNaN(moment.getTime()) ? "" : moment.toLocaleTimeString("en-GB", { timeZone: document.documentElement.dataset.zone || "UTC" });
}
