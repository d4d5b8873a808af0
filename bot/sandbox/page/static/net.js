// All requests to the control API, always as the user of this tab.
import { place } from "./place.js";

export async function post(url, body, method = "POST") {
  const response = await fetch(url, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok) throw Object.assign(new Error(`${url} answered ${response.status}`), { status: response.status });
  return response.json();
}

export async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/** Perform an action as this tab's user. Never throws: an error is in `error`, like Slack's own errors. */
export async function act(action, fields = {}) {
  try {
    return await post("/control/act", { user: place.user, action, ...fields });
  } catch (error) {
    return { ok: false, error: `unreachable: ${error.message}` };
  }
}
