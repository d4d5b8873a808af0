"""pins.*: pinned messages."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import pins
from bot.sandbox.state.channel import Channel


@answers("pins.add")
def add(call: Call) -> dict[str, Any]:
    """Pin a message."""
    channel = call.channel(member=True)
    if channel.archived:
        raise SlackError("restricted_action")
    pins.pin(call.workspace, channel, _stamp(call, channel), call.bot)
    return {}


@answers("pins.remove")
def remove(call: Call) -> dict[str, Any]:
    """Unpin a message."""
    channel = call.channel()
    pins.unpin(call.workspace, channel, _stamp(call, channel), call.bot)
    return {}


@answers("pins.list")
def list_pins(call: Call) -> dict[str, Any]:
    """A channel's pinned messages, the latest pin first."""
    channel = call.channel()
    items = [
        {
            "type": "message",
            "channel": channel.id,
            "message": channel.messages[pin.ts],
            "created": pin.created,
            "created_by": pin.created_by,
        }
        for pin in reversed(channel.pins)
    ]
    return {"items": items}


def _stamp(call: Call, channel: Channel) -> str:
    stamp: str = call.stamped(channel)["ts"]
    return stamp
