// Messages for people for Slack's error codes.
const WORDS = {
  dispatch_failed: (detail) => `${detail.charAt(0).toUpperCase()}${detail.slice(1)}. The inspector, at the top right, shows what it was sent.`,
  no_such_command: () => "No app here has that command. Type / to see the commands; to send this as a message, put a space in front.",
  not_in_channel: () => "You are not in this channel. Join it first.",
  is_archived: () => "This channel is archived: it can be read, not written to.",
  channel_not_found: () => "You cannot see that channel.",
  cant_change_message: () => "Only its author can change this message.",
  not_possible: () => "That does not work with a message that only you can see.",
  too_large: (detail) => `${detail}. Choose a smaller one.`,
  unreadable: (detail) => `${detail}. Is it still there?`,
  already_pinned: () => "This message is pinned already.",
  unreachable: () => "The workspace does not answer. Is it still running? This page reconnects by itself.",
};

export function explain(error) {
  const [code, ...rest] = String(error ?? "unknown_error").split(":");
  const detail = rest.join(":").trim();
  const words = WORDS[code.trim()];
  if (words) return words(detail);
  return detail ? `That did not work: ${detail} (${code}).` : `That did not work: ${code}.`;
}

/** Show a notice in the nearest place for notices; an empty text removes it. */
export function notice(near, text) {
  const host = near?.closest?.("[data-composer], dialog, .thread")?.querySelector("[data-notice]")
    ?? document.querySelector("dialog[open]:last-of-type [data-notice]")
    ?? document.querySelector("#main [data-notice]");
  if (!host) return;
  host.textContent = text;
}

/** Show the error, if there is one; returns whether there is none. */
export function report(near, result) {
  notice(near, result.ok === false && result.error ? explain(result.error) : "");
  return result.ok !== false;
}
