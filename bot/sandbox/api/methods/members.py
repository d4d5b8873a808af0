"""conversations.*: who is in a channel."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.api.methods.conversations import shown
from bot.sandbox.api.paging import page
from bot.sandbox.channels import membership
from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import posting
from bot.sandbox.state.channel import Channel

# Slack docs, conversations.invite: up to a hundred users in one call (a thousand with other tokens).
INVITE_LIMIT = 100


@answers("conversations.invite")
def invite(call: Call) -> dict[str, Any]:
    """Add users. With `force`, the valid ones are added even if others are refused."""
    channel = _channel(call)
    if channel.archived:
        raise SlackError("is_archived")
    if call.bot not in channel.members:
        raise SlackError("not_in_channel")
    users = list(dict.fromkeys(call.args["users"]))
    if not users:
        raise SlackError("no_user")
    if len(users) > INVITE_LIMIT:
        raise SlackError("invalid_arguments")
    problems = [(user, code) for user in users if (code := _problem(call, channel, user))]
    errors = [{"user": user, "ok": False, "error": code} for user, code in problems]
    welcome = [user for user in users if user not in dict(problems)]
    if problems and not (call.args["force"] and welcome):
        raise SlackError(problems[0][1], errors=errors)
    for user in welcome:
        membership.join(call.workspace, channel, user, inviter=call.bot)
    return {"channel": shown(call, channel), **({"errors": errors} if errors else {})}


@answers("conversations.join")
def join(call: Call) -> dict[str, Any]:
    """Join a public channel."""
    channel = _channel(call)
    if channel.kind != "public":
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if call.bot in channel.members:
        warning = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return {"channel": shown(call, channel), **warning}
    membership.join(call.workspace, channel, call.bot)
    return {"channel": shown(call, channel)}


@answers("conversations.leave")
def leave(call: Call) -> dict[str, Any]:
    """Leave a channel."""
    channel = _channel(call)
    if channel.archived:
        raise SlackError("is_archived")
    if channel.is_general:
        raise SlackError("cant_leave_general")
    if call.bot not in channel.members:
        return {"not_in_channel": True}
    if channel.kind == "private" and len(channel.members) == 1:
        raise SlackError("last_member")
    membership.leave(call.workspace, channel, call.bot)
    return {}


@answers("conversations.kick")
def kick(call: Call) -> dict[str, Any]:
    """Remove a user from a channel."""
    channel = _channel(call)
    if channel.is_general:
        raise SlackError("cant_kick_from_general")
    if call.args["user"] == call.bot:
        raise SlackError("cant_kick_self")
    user = call.user()
    if channel.archived:
        raise SlackError("restricted_action")
    if call.bot not in channel.members or user.id not in channel.members:
        raise SlackError("not_in_channel")
    membership.leave(call.workspace, channel, user.id, remover=call.bot)
    return {"errors": {}}


@answers("conversations.members")
def members(call: Call) -> dict[str, Any]:
    """List the members of a channel."""
    part, metadata = page(call, call.channel().members)
    return {"members": list(part), "response_metadata": metadata}


def _channel(call: Call) -> Channel:
    channel = call.channel()
    if channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def _problem(call: Call, channel: Channel, user_id: str) -> str | None:
    user = call.workspace.users.get(user_id)
    if user_id == call.bot:
        return "cant_invite_self"
    if user_id == posting.SLACKBOT:
        return "cant_invite"
    if user is None or user.deleted:
        return "user_not_found"
    if user_id in channel.members:
        return "already_in_channel"
    if user.is_ultra_restricted:
        return "ura_max_channels" if membership.has_channel(call.workspace, user_id) else None
    return "user_is_restricted" if user.is_restricted else None
