"""chat.*: messages."""

from typing import Any

from bot.sandbox.api import message_content
from bot.sandbox.api.call import Call, answers
from bot.sandbox.channels.direct_messages import direct_channel
from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import posting
from bot.sandbox.messages.permalinks import permalink
from bot.sandbox.state.channel import Channel

# Slack's own lines cannot be answered in a thread.
UNANSWERABLE = {"channel_join", "channel_leave", "group_join", "group_leave", "tombstone"}


@answers("chat.postMessage")
def post_message(call: Call) -> dict[str, Any]:
    """Post a message."""
    channel = _destination(call)
    message = posting.post(
        call.workspace,
        channel,
        _author(call),
        message_content.read(call),
        thread_ts=_thread(call, channel),
        broadcast=bool(call.args["reply_broadcast"]),
    )
    return {"channel": channel.id, "ts": message["ts"], "message": message}


@answers("chat.postEphemeral")
def post_ephemeral(call: Call) -> dict[str, Any]:
    """Show a message to one member of a channel."""
    channel = _reachable(call, _open(call.channel(member=True)))
    if call.args["user"] not in channel.members:
        raise SlackError("user_not_in_channel")
    content = message_content.read(call)
    thread_ts = _thread(call, channel)
    message = posting.post_ephemeral(
        call.workspace, channel, call.args["user"], {**content, "thread_ts": thread_ts}
    )
    return {"message_ts": message["ts"]}


@answers("chat.update")
def update_message(call: Call) -> dict[str, Any]:
    """Change one of the app's own messages. If only text is given, the blocks stay."""
    channel = call.channel()
    message = _own_message(call, channel, "cant_update_message")
    if channel.archived:
        raise SlackError("is_inactive")
    content = message_content.read(call)
    if len(content.get("text", "")) > message_content.UPDATE_LIMIT:
        raise SlackError("msg_too_long")
    posting.change(call.workspace, channel, message["ts"], content, call.bot)
    return {"channel": channel.id, "ts": message["ts"], "text": message["text"], "message": message}


@answers("chat.delete")
def delete_message(call: Call) -> dict[str, Any]:
    """Delete one of the app's own messages."""
    channel = call.channel()
    message = _own_message(call, channel, "cant_delete_message")
    posting.delete(call.workspace, channel, message["ts"])
    return {"channel": channel.id, "ts": message["ts"]}


@answers("chat.getPermalink")
def get_permalink(call: Call) -> dict[str, Any]:
    """The address of a message."""
    channel = call.channel()
    message = call.message(channel, "message_ts")
    return {"channel": channel.id, "permalink": permalink(call.workspace, channel, message)}


def _destination(call: Call) -> Channel:
    """Where a message goes: a channel's id or name, or the direct message with a user."""
    workspace, wanted = call.workspace, call.args["channel"]
    if wanted in workspace.users:
        return _reachable(call, direct_channel(workspace, [call.bot, wanted]))
    by_name = next((c for c in workspace.channels.values() if c.name == wanted.removeprefix("#")), None)
    if by_name is not None and not by_name.is_direct:
        call = Call(workspace, call.method, {**call.args, "channel": by_name.id})
    return _reachable(call, _open(_postable(call)))


def _reachable(call: Call, channel: Channel) -> Channel:
    # Without a Messages tab in its manifest, an app cannot write to a person directly.
    if channel.kind == "im" and not call.workspace.app.messages_tab:
        raise SlackError("messages_tab_disabled")
    return channel


def _postable(call: Call) -> Channel:
    # Posting into a public channel as a non-member requires a special scope (Slack docs, chat:write.public).
    channel = call.channel()
    outside = call.bot not in channel.members
    if outside and not (channel.kind == "public" and "chat:write.public" in call.workspace.app.scopes):
        raise SlackError("not_in_channel")
    return channel


def _open(channel: Channel) -> Channel:
    if channel.archived:
        raise SlackError("is_archived")
    return channel


def _thread(call: Call, channel: Channel) -> str | None:
    thread_ts: str | None = call.args["thread_ts"]
    if not thread_ts:
        return None
    parent = channel.messages.get(thread_ts)
    if parent is None or parent.get("subtype") in UNANSWERABLE:
        raise SlackError("cannot_reply_to_message")
    return thread_ts


def _own_message(call: Call, channel: Channel, code: str) -> dict[str, Any]:
    message = call.message(channel)
    if message.get("bot_id") != call.workspace.app.bot_id:
        raise SlackError(code)
    return message


def _author(call: Call) -> dict[str, Any]:
    """The app, or the name that it gives itself: such a message has no user (Slack docs, bot_message)."""
    author = posting.app_author(call.workspace)
    # Without the scope, Slack ignores another name or icon and still posts the message.
    if "chat:write.customize" not in call.workspace.app.scopes or not call.args["username"]:
        return author
    icons = {"emoji": call.args["icon_emoji"]} if call.args["icon_emoji"] else {}
    del author["user"]
    return {**author, "username": call.args["username"], "subtype": "bot_message", "icons": icons}
