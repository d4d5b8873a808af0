// Where this tab is: the address is the truth, the document's data attributes repeat it with ids.
const root = document.documentElement;

export const place = {
  get user() { return root.dataset.user; },
  get userId() { return root.dataset.userId; },
  get channel() { return root.dataset.channel; },
  get tab() { return root.dataset.tab; },
  get thread() { return root.dataset.thread; },
  get zone() { return root.dataset.zone; },
};

/** What completion and selects choose from; the server keeps it up to date. */
export function directory() {
  return JSON.parse(document.getElementById("part-directory").textContent);
}

/** The address of a channel, by id; the app's Home tab is "@home". */
export function pathOf(id) {
  if (id === "@home") return `/${place.user}/@home`;
  return directory().channels.find((each) => each.value === id)?.path ?? `/${place.user}/${id}`;
}

export const here = () => location.pathname;
