"""Posting, changing and deleting messages, with all consequences."""

import copy
from typing import Any

from bot.sandbox.blocks.elements import fill_in_block_ids
from bot.sandbox.delivery import events
from bot.sandbox.messages import attachments
from bot.sandbox.state.channel import Channel, Ephemeral
from bot.sandbox.state.workspace import Workspace

SLACKBOT = "USLACKBOT"


def app_author(workspace: Workspace) -> dict[str, Any]:
    """The author fields of a message by the app."""
    app = workspace.app
    profile = {
        "id": app.bot_id,
        "app_id": app.id,
        "name": app.name,
        "deleted": False,
        "updated": workspace.bot.updated,
        "team_id": workspace.team.id,
    }
    return {"user": app.bot_user_id, "bot_id": app.bot_id, "app_id": app.id, "bot_profile": profile}


def compose(workspace: Workspace, author: dict[str, Any], content: dict[str, Any]) -> dict[str, Any]:
    """Slack's message object, with a time stamp and ids for its blocks."""
    message = {"type": "message", **author, "text": "", "ts": workspace.stamp(), "team": workspace.team.id}
    message |= copy.deepcopy({k: v for k, v in content.items() if v is not None})
    _complete(workspace, message)
    if not message.get("blocks"):
        message.pop("blocks", None)
    return message


def _complete(workspace: Workspace, message: dict[str, Any]) -> None:
    """Fill in the optional fields."""
    if message.get("blocks"):
        fill_in_block_ids(message["blocks"], workspace.ids)
    if message.get("attachments"):
        attachments.complete(message["attachments"], workspace.ids)


def post(
    workspace: Workspace,
    channel: Channel,
    author: dict[str, Any],
    content: dict[str, Any],
    *,
    thread_ts: str | None = None,
    broadcast: bool = False,
) -> dict[str, Any]:
    """Post a message in a channel and send its events to the app.

    Args:
        workspace: the workspace.
        channel: the channel.
        author: `app_author`, `{"user": …}`, or an incoming webhook's name without a user.
        content: `text`, `blocks` and the like, already checked.
        thread_ts: the parent, for a reply.
        broadcast: whether a reply also shows in the channel.

    Returns:
        The message as stored in the channel.
    """
    message = store(workspace, channel, author, content, thread_ts=thread_ts, broadcast=broadcast)
    if "user" in message:
        channel.last_read[message["user"]] = message["ts"]
    workspace.revisions.bump("messages", channel=channel.id)
    events.message(workspace, channel, message)
    return message


def store(
    workspace: Workspace,
    channel: Channel,
    author: dict[str, Any],
    content: dict[str, Any],
    *,
    thread_ts: str | None = None,
    broadcast: bool = False,
) -> dict[str, Any]:
    """Store a message in a channel without events; the arguments are those of `post`."""
    message = compose(workspace, author, content)
    if thread_ts is not None:
        parent = channel.messages.get(thread_ts)
        # A reply to a reply goes to the same thread, as in Slack's own client.
        message["thread_ts"] = parent.get("thread_ts", thread_ts) if parent else thread_ts
        message["parent_user_id"] = (parent or {}).get("user", "")
        if broadcast:
            message["subtype"] = "thread_broadcast"
    channel.messages[message["ts"]] = message
    if thread_ts is not None:
        recount_thread(channel, message["thread_ts"])
    return message


def post_ephemeral(
    workspace: Workspace, channel: Channel, to: str, content: dict[str, Any]
) -> dict[str, Any]:
    """Show a message of the app to one person only; it is in no history and sends no event."""
    message = compose(workspace, app_author(workspace), content)
    channel.ephemerals.append(Ephemeral(to, message))
    workspace.revisions.bump("messages", channel=channel.id, users=[to])
    return message


def item_user(message: dict[str, Any]) -> dict[str, Any]:
    """The author of the message that an event is about; empty if no user wrote it (Slack docs, reaction_added)."""
    return {"item_user": message["user"]} if "user" in message else {}


def post_system_message(
    workspace: Workspace, channel: Channel, user_id: str, subtype: str, text: str, **extra: Any
) -> None:
    """Post one of Slack's own messages, such as `channel_join`."""
    post(workspace, channel, {"user": user_id}, {"subtype": subtype, "text": text, **extra})


def change(
    workspace: Workspace, channel: Channel, ts: str, content: dict[str, Any], editor: str
) -> dict[str, Any]:
    """Replace the given members of a message, and tell the app (`message_changed`).

    Args:
        workspace: the workspace.
        channel: the message's channel.
        ts: the message's time stamp.
        content: the members to replace; None removes one.
        editor: the user id for the `edited` mark.
    """
    message = channel.messages[ts]
    previous = copy.deepcopy(message)
    channel.notified.setdefault(ts, message.get("text", ""))
    for key, value in content.items():
        if value is None:
            message.pop(key, None)
        else:
            message[key] = copy.deepcopy(value)
    _complete(workspace, message)
    message["edited"] = {"user": editor, "ts": workspace.stamp()}
    _tell_changed(workspace, channel, message, previous)
    return message


def mark_changed(workspace: Workspace, channel: Channel) -> None:
    """Record that a message's reactions, pins or attachments changed: people see it, but it sends no event."""
    workspace.revisions.bump("messages", channel=channel.id)


def delete(workspace: Workspace, channel: Channel, ts: str) -> None:
    """Delete a message; a parent with replies becomes a tombstone, as in Slack."""
    message = channel.messages.pop(ts)
    channel.pins = [pin for pin in channel.pins if pin.ts != ts]
    thread_ts = message.get("thread_ts")
    if thread_ts == ts and message.get("reply_count"):
        channel.messages[ts] = _tombstone(message)
        channel.messages = dict(sorted(channel.messages.items()))
    elif thread_ts and thread_ts != ts:
        recount_thread(channel, thread_ts)
    workspace.revisions.bump("messages", channel=channel.id)
    stamp = workspace.stamp()
    event = {
        "type": "message",
        "subtype": "message_deleted",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.channel_type,
        "ts": stamp,
        "deleted_ts": ts,
        "previous_message": message,
    }
    events.emit(workspace, event, channel)


def recount_thread(channel: Channel, thread_ts: str) -> None:
    """Update the parent's reply counts."""
    parent = channel.messages.get(thread_ts)
    if parent is None:
        return
    replies = [m for m in channel.thread(thread_ts) if m["ts"] != thread_ts]
    figures = ("thread_ts", "reply_count", "reply_users", "reply_users_count", "latest_reply")
    for key in figures:
        parent.pop(key, None)
    if replies:
        users = list(dict.fromkeys(str(m.get("user") or m["bot_id"]) for m in replies))
        values = (thread_ts, len(replies), users, len(users), replies[-1]["ts"])
        parent |= dict(zip(figures, values, strict=True))


def _tell_changed(
    workspace: Workspace, channel: Channel, message: dict[str, Any], previous: dict[str, Any]
) -> None:
    workspace.revisions.bump("messages", channel=channel.id)
    event = {
        "type": "message",
        "subtype": "message_changed",
        "hidden": True,
        "channel": channel.id,
        "channel_type": channel.channel_type,
        "ts": workspace.stamp(),
        "message": message,
        "previous_message": previous,
    }
    events.emit(workspace, event, channel)


def _tombstone(message: dict[str, Any]) -> dict[str, Any]:
    kept = (
        "type",
        "ts",
        "thread_ts",
        "reply_count",
        "reply_users",
        "reply_users_count",
        "latest_reply",
        "team",
    )
    return {
        **{key: message[key] for key in kept if key in message},
        "subtype": "tombstone",
        "user": SLACKBOT,
        "text": "This message was deleted.",
        "hidden": True,
    }
