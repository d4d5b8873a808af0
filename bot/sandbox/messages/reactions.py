"""Reactions on messages."""

import re

from bot.sandbox.core.errors import SlackError
from bot.sandbox.delivery import events
from bot.sandbox.messages import posting
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.workspace import Workspace

NAME = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?")
# Slack docs, reactions.add: different emoji on a message, and reactions of one person on it.
EMOJI_LIMIT = 50
PERSON_LIMIT = 23


def react(workspace: Workspace, channel: Channel, ts: str, name: str, user_id: str) -> None:
    """Add somebody's reaction.

    Raises:
        SlackError: `invalid_name`, `already_reacted`, `too_many_emoji` or `too_many_reactions`.
    """
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name")
    message = channel.messages[ts]
    reactions = message.get("reactions", [])
    found = next((r for r in reactions if r["name"] == name), None)
    if found is not None and user_id in found["users"]:
        raise SlackError("already_reacted")
    if sum(user_id in r["users"] for r in reactions) >= PERSON_LIMIT:
        raise SlackError("too_many_reactions")
    if found is None:
        if len(reactions) >= EMOJI_LIMIT:
            raise SlackError("too_many_emoji")
        found = {"name": name, "users": [], "count": 0}
        message["reactions"] = [*reactions, found]
    found["users"].append(user_id)
    found["count"] += 1
    _tell(workspace, channel, ts, user_id, reaction=name, kind="reaction_added")


def unreact(workspace: Workspace, channel: Channel, ts: str, name: str, user_id: str) -> None:
    """Remove somebody's reaction.

    Raises:
        SlackError: `invalid_name` or `no_reaction`.
    """
    if not NAME.fullmatch(name):
        raise SlackError("invalid_name")
    message = channel.messages[ts]
    found = next((r for r in message.get("reactions", []) if r["name"] == name), None)
    if found is None or user_id not in found["users"]:
        raise SlackError("no_reaction")
    found["users"].remove(user_id)
    found["count"] -= 1
    message["reactions"] = [r for r in message["reactions"] if r["count"]]
    if not message["reactions"]:
        del message["reactions"]
    _tell(workspace, channel, ts, user_id, reaction=name, kind="reaction_removed")


def _tell(workspace: Workspace, channel: Channel, ts: str, user_id: str, *, reaction: str, kind: str) -> None:
    posting.mark_changed(workspace, channel)
    event = {
        "type": kind,
        "user": user_id,
        "reaction": reaction,
        **posting.item_user(channel.messages[ts]),
        "item": {"type": "message", "channel": channel.id, "ts": ts},
    }
    events.emit(workspace, event, channel)
