// The workspace's clock: stop it, run it, or move it forward.
import { element } from "./element.js";
import { get, post } from "./net.js";
import { place } from "./place.js";
import { refresh } from "./live.js";

const STEPS = [["+1 min", 60], ["+5 min", 300], ["+15 min", 900], ["+1 h", 3600]];
const PAUSE = 1000;

/** Fill the panel; returns a function that stops it. */
export function clockPanel(panel) {
  const face = element("p", { className: "clock-face", role: "timer", "aria-live": "off" });
  const day = element("p", { className: "quiet" });
  const run = element("button", { type: "button", className: "button" });
  const result = element("p", { className: "notice", role: "status" });
  let running = true;
  let timer;
  let stopped = false;

  async function command(body) {
    result.textContent = "";
    try {
      await post("/control/clock", body);
      if (body.do === "advance") result.textContent = "Everything that was due in between has happened.";
    } catch (error) {
      result.textContent = error.message;
    }
    await look();
    await refresh();
  }
  run.addEventListener("click", () => command({ do: running ? "stop" : "run" }));
  const steps = STEPS.map(([label, seconds]) =>
    element("button", { type: "button", className: "button", textContent: label, onclick: () => command({ do: "advance", seconds }) }));
  panel.append(face, day, element("div", { className: "row-of" }, run, ...steps), result,
    element("p", { className: "quiet", textContent: "Reminders, time-outs and scheduled messages follow this clock. Fast-forward to see the reminder that would come in fifteen minutes." }));

  async function look() {
    clearTimeout(timer);
    const seen = await get(`/control/see?user=${encodeURIComponent(place.user)}`).catch(() => null);
    if (stopped) return;
    if (seen) {
      const now = new Date(seen.now * 1000);
      running = seen.clock?.running !== false;
      face.textContent = now.toLocaleTimeString("en-GB", { timeZone: place.zone });
      day.textContent = `${now.toLocaleDateString("en-GB", { timeZone: place.zone, weekday: "long", day: "numeric", month: "long", year: "numeric" })} · ${place.zone}${running ? "" : " · stopped"}`;
      run.textContent = running ? "Stop" : "Run";
    }
    timer = setTimeout(look, PAUSE);
  }
  look();
  return () => { stopped = true; clearTimeout(timer); };
}
