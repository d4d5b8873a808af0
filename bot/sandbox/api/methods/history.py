"""conversations.history and conversations.replies: reading messages."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.api.paging import page
from bot.sandbox.core.errors import SlackError

STAMP = re.compile(r"\d+(\.\d{1,6})?")


@answers("conversations.history")
def history(call: Call) -> dict[str, Any]:
    """List a channel's own messages, newest first."""
    channel = call.channel(member=True)
    within = _window(call)
    found = [message for message in channel.timeline() if within(message["ts"])]
    part, metadata = page(call, found[::-1])
    messages = [_shown(call, message) for message in part]
    return {
        "messages": messages,
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": len(channel.pins),
        **({"response_metadata": metadata} if metadata["next_cursor"] else {}),
    }


@answers("conversations.replies")
def replies(call: Call) -> dict[str, Any]:
    """List a thread, the parent first."""
    channel = call.channel()
    if call.bot not in channel.members:
        raise SlackError("channel_not_found")
    ts = call.args["ts"]
    named = channel.messages.get(ts)
    if named is None:
        raise SlackError("thread_not_found")
    thread = channel.thread(named.get("thread_ts", ts))
    within = _window(call)
    # The parent comes with every page, whatever the bounds are.
    found = [m for m in thread if m["ts"] == thread[0]["ts"] or within(m["ts"])]
    part, metadata = page(call, found)
    messages = [_shown(call, message) for message in part]
    more = bool(metadata["next_cursor"])
    return {"messages": messages, "has_more": more, **({"response_metadata": metadata} if more else {})}


def _window(call: Call) -> Callable[[str], bool]:
    """A function that says whether a time stamp is between `oldest` and `latest`; the ends count if `inclusive`."""
    inclusive = bool(call.args["inclusive"])
    oldest = _bound(call, "oldest", 0.0)
    latest = _bound(call, "latest", float("inf"))

    def within(ts: str) -> bool:
        moment = float(ts)
        return oldest < moment < latest or (inclusive and moment in {oldest, latest})

    return within


def _bound(call: Call, argument: str, default: float) -> float:
    value = call.args[argument]
    if not value:
        return default
    if not STAMP.fullmatch(value):
        raise SlackError(f"invalid_ts_{argument}")
    return float(value)


def _shown(call: Call, message: dict[str, Any]) -> dict[str, Any]:
    hidden = () if call.args["include_all_metadata"] else ("metadata",)
    return {key: value for key, value in message.items() if key not in hidden}
