// The panel to inject faults.
import { element } from "./element.js";
import { get, post } from "./net.js";

const FAULTS = {
  ratelimited: "Too many requests (429, with Retry-After)",
  error500: "Server error (500, with an HTML body)",
  error503: "Unavailable (503, with an HTML body)",
  reset_before: "Connection lost before the call took effect",
  reset_after: "Connection lost after the call took effect",
  slow: "A slow answer",
  drop_socket: "The socket breaks before the ack",
  duplicate_events: "Events come twice",
  reorder_events: "Events come out of order",
  down: "Every call refused: Slack is down",
  missing_scope: "A permission taken away",
  unknown_method: "A method that is gone",
};
const NEEDS = { slow: "seconds", down: "seconds", ratelimited: "retry_after" };

/** Fill the panel. */
export function faultsPanel(panel) {
  const labelled = (text, field) => element("label", { className: "field-row" }, element("span", { textContent: text }), field);
  const fault = element("select", { className: "field" }, ...Object.entries(FAULTS).map(([value, textContent]) => element("option", { value, textContent })));
  const method = element("input", { type: "text", className: "field", placeholder: "every method", spellcheck: false });
  const count = element("input", { type: "number", className: "field", min: 1, value: 1, placeholder: "until cleared" });
  const chance = element("input", { type: "number", className: "field", min: 1, max: 100, value: 100 });
  const seconds = element("input", { type: "number", className: "field", min: 0, step: 0.5, value: 5 });
  const duration = labelled("Seconds", seconds);
  const result = element("p", { className: "notice", role: "status" });
  const active = element("ul", { className: "active-faults" });
  const adapt = () => { duration.hidden = !NEEDS[fault.value]; };
  fault.addEventListener("change", adapt);
  adapt();

  /** Draw the faults that are on. */
  function list({ faults }) {
    active.replaceChildren(...faults.filter((each) => each.count !== 0).map((each) => element("li", { textContent: wordsOf(each) })));
  }

  async function attempt(body, verb, done) {
    try {
      list(await post("/control/faults", body, verb));
      result.textContent = done;
    } catch (error) {
      result.textContent = error.message;
    }
  }
  const form = element("form", { className: "faults" },
    labelled("What goes wrong", fault), labelled("In method", method), labelled("How often", count), labelled("Chance in %", chance), duration,
    element("div", { className: "row-of" },
      element("button", { type: "submit", className: "button primary", textContent: "Add" }),
      element("button", { type: "button", className: "button", textContent: "Clear all", onclick: () => attempt(undefined, "DELETE", "All faults cleared.") })),
    result, active);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const need = NEEDS[fault.value];
    attempt({
      fault: fault.value, method: method.value.trim() || null, count: count.value ? Number(count.value) : null,
      probability: Number(chance.value) / 100, ...(need ? { [need]: Number(seconds.value) } : {}),
    }, "POST", "From now on.");
  });
  panel.append(element("p", { className: "quiet", textContent: "The app should survive each of these. Nothing here reaches a real workspace." }), form);
  get("/control/faults").then(list, () => {}); // an unreachable workspace is told of at the top already
}

function wordsOf({ fault, method, count, probability }) {
  const chance = probability < 1 ? ` · ${Math.round(probability * 100)} %` : "";
  return `${FAULTS[fault]} · ${method ?? "every method"} · ${count == null ? "until cleared" : `${count} more`}${chance}`;
}
