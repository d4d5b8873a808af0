"""Pinning and unpinning."""

from typing import Any

from bot.sandbox.core.errors import SlackError
from bot.sandbox.delivery import events
from bot.sandbox.messages import posting
from bot.sandbox.state.channel import Channel, Pin
from bot.sandbox.state.workspace import Workspace

# Slack help, pinned items: up to a hundred in a conversation.
LIMIT = 100
UNPINNABLE = {"channel_join", "channel_leave", "group_join", "group_leave", "pinned_item", "tombstone"}
# The kinds of item in a `pinned_item` message (Slack docs, unpinned_item message).
ITEM_TYPE = {"private": "G"}


def pin(workspace: Workspace, channel: Channel, ts: str, user_id: str) -> None:
    """Pin a message, and post a `pinned_item` message in the channel.

    Raises:
        SlackError: `already_pinned`, `too_many_pins` or `not_pinnable`.
    """
    if channel.pin_of(ts):
        raise SlackError("already_pinned")
    if len(channel.pins) >= LIMIT:
        raise SlackError("too_many_pins")
    if channel.messages[ts].get("subtype") in UNPINNABLE:
        raise SlackError("not_pinnable")
    channel.pins.append(Pin(ts, workspace.seconds(), user_id))
    channel.messages[ts]["pinned_to"] = [channel.id]
    item = _tell(workspace, channel, ts, user_id, "pin_added")
    text = f"<@{user_id}> pinned a message to this channel."
    kind = ITEM_TYPE.get(channel.kind, "C")
    posting.post_system_message(workspace, channel, user_id, "pinned_item", text, item_type=kind, item=item)


def unpin(workspace: Workspace, channel: Channel, ts: str, user_id: str) -> None:
    """Unpin a message.

    Raises:
        SlackError: `no_pin`.
    """
    found = channel.pin_of(ts)
    if found is None:
        raise SlackError("no_pin")
    channel.pins.remove(found)
    channel.messages[ts].pop("pinned_to", None)
    _tell(workspace, channel, ts, user_id, "pin_removed")


def _tell(workspace: Workspace, channel: Channel, ts: str, user_id: str, kind: str) -> dict[str, Any]:
    posting.mark_changed(workspace, channel)
    message = channel.messages[ts]
    item = {
        "type": "message",
        "channel": channel.id,
        "created": workspace.seconds(),
        "created_by": user_id,
        "message": message,
    }
    event = {
        "type": kind,
        "user": user_id,
        "channel_id": channel.id,
        "item": item,
        **posting.item_user(message),
    }
    events.emit(workspace, event, channel)
    return item
