"""reactions.*: emoji on messages."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.api.paging import page
from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import reactions
from bot.sandbox.state.channel import Channel


@answers("reactions.add")
def add(call: Call) -> dict[str, Any]:
    """React to a message."""
    channel, ts = _item(call)
    if channel.archived:
        raise SlackError("is_archived")
    if call.bot not in channel.members:
        raise SlackError("no_access")
    reactions.react(call.workspace, channel, ts, call.args["name"], call.bot)
    return {}


@answers("reactions.remove")
def remove(call: Call) -> dict[str, Any]:
    """Remove a reaction."""
    channel, ts = _item(call)
    if call.bot not in channel.members:
        raise SlackError("no_access")
    reactions.unreact(call.workspace, channel, ts, call.args["name"], call.bot)
    return {}


@answers("reactions.get")
def get(call: Call) -> dict[str, Any]:
    """A message with its reactions."""
    channel, ts = _item(call)
    return {"type": "message", "channel": channel.id, "message": channel.messages[ts]}


@answers("reactions.list")
def list_reactions(call: Call) -> dict[str, Any]:
    """List the messages to which a user reacted, the latest first."""
    user_id = call.user().id if call.args["user"] else call.bot
    items = [
        {"type": "message", "channel": channel.id, "message": message}
        for channel in call.workspace.channels.values()
        if call.bot in channel.members
        for message in reversed(channel.messages.values())
        if any(user_id in reaction["users"] for reaction in message.get("reactions", []))
    ]
    part, metadata = page(call, items)
    return {"items": list(part), "response_metadata": metadata}


def _item(call: Call) -> tuple[Channel, str]:
    if not call.args["channel"]:
        raise SlackError("no_item_specified")
    channel = call.channel()
    return channel, call.stamped(channel)["ts"]
