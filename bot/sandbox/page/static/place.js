// The place of this tab, from the address; the document's data attributes have it with ids.
const root = document.documentElement;

export const place = {
  get user() { return root.dataset.user; },
  get userId() { return root.dataset.userId; },
  get channel() { return root.dataset.channel; },
  get tab() { return root.dataset.tab; },
  get thread() { return root.dataset.thread; },
  get at() { return root.dataset.at; },
  get zone() { return root.dataset.zone; },
  get since() { return root.dataset.since; },
};

/** The data for completion and selects; the server updates it. */
export function directory() {
  return JSON.parse(document.getElementById("part-directory").textContent);
}

/** People and bots whose accounts are active. */
export const active = () => directory().users.filter((each) => !each.gone);

/** The address of a channel, by id; the app's Home tab is "@home". */
export function pathOf(id) {
  if (id === "@home") return `/${place.user}/@home`;
  return directory().channels.find((each) => each.value === id)?.path ?? `/${place.user}/${id}`;
}

/** The target of a permalink for this tab's user; null for any other link. */
export function pathOfPermalink(href) {
  const url = new URL(href, location.href);
  const [, channel, seconds, rest] = /^\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?$/.exec(url.pathname) ?? [];
  if (!channel || url.host !== location.host) return null;
  const thread = url.searchParams.get("thread_ts");
  const query = new URLSearchParams({ ...(seconds && { at: `${seconds}.${rest}` }), ...(thread && { thread }) });
  return `${pathOf(channel)}${query.size ? `?${query}` : ""}`;
}

/** A message's permalink, like those of chat.getPermalink. */
export function permalinkOf({ channel, ts, thread }) {
  const reply = thread && thread !== ts ? `?thread_ts=${thread}&cid=${channel}` : "";
  return `${location.origin}/archives/${channel}/p${ts.replace(".", "")}${reply}`;
}

export const here = () => location.pathname;
