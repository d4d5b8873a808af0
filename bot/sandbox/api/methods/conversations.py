"""conversations.*: creating, describing, renaming, archiving and listing channels."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.api.paging import page
from bot.sandbox.channels import membership, settings
from bot.sandbox.channels.direct_messages import direct_channel, find_direct
from bot.sandbox.channels.names import check_free_name
from bot.sandbox.core.errors import SlackError
from bot.sandbox.delivery import events
from bot.sandbox.messages import posting
from bot.sandbox.state.channel import SCOPE_FAMILY, Channel, Kind, Line, to_json

# Slack docs: topics and purposes hold up to 250 characters.
LINE_LIMIT = 250
# Slack docs, conversations.open: up to eight people besides the caller.
GROUP_LIMIT = 8
TYPES: dict[str, Kind] = {
    "public_channel": "public",
    "private_channel": "private",
    "im": "im",
    "mpim": "mpim",
}


@answers("conversations.create")
def create(call: Call) -> dict[str, Any]:
    """Create a channel with the bot as a member."""
    workspace, name = call.workspace, call.args["name"]
    kind: Kind = "private" if call.args["is_private"] else "public"
    call.need_family_scope(SCOPE_FAMILY[kind])
    check_free_name(workspace, name)
    channel = Channel(
        id=workspace.ids.make("C"), name=name, kind=kind, creator=call.bot, created=workspace.seconds()
    )
    workspace.channels[channel.id] = channel
    if kind == "public":
        summary = {"id": channel.id, "name": name, "created": channel.created, "creator": call.bot}
        events.emit(workspace, {"type": "channel_created", "channel": summary})
    membership.join(workspace, channel, call.bot)
    return {"channel": shown(call, channel)}


@answers("conversations.rename")
def rename(call: Call) -> dict[str, Any]:
    """Rename a channel; only its creator, the bot, can."""
    channel = _active(_channel_only(call), call)
    if channel.creator != call.bot:
        raise SlackError("not_authorized")
    settings.rename(call.workspace, channel, call.args["name"], call.bot)
    return {"channel": shown(call, channel)}


@answers("conversations.setTopic")
def set_topic(call: Call) -> dict[str, Any]:
    """Set the channel's topic."""
    channel = _describe(call, "topic", "channel_topic", "set the channel's topic: ")
    return {"channel": shown(call, channel)}


@answers("conversations.setPurpose")
def set_purpose(call: Call) -> dict[str, Any]:
    """Set the channel's purpose."""
    channel = _describe(call, "purpose", "channel_purpose", "set the channel's purpose: ")
    return {"channel": shown(call, channel), "purpose": channel.purpose.value}


@answers("conversations.archive")
def archive(call: Call) -> dict[str, Any]:
    """Archive a channel; its name stays taken."""
    channel = _channel_only(call)
    if channel.archived:
        raise SlackError("already_archived")
    if channel.is_general:
        raise SlackError("cant_archive_general")
    if call.bot not in channel.members:
        raise SlackError("not_in_channel")
    settings.archive(call.workspace, channel, call.bot)
    return {}


@answers("conversations.unarchive")
def unarchive(call: Call) -> dict[str, Any]:
    """Unarchive a channel. A bot cannot do this, because archiving removed it from the channel."""
    channel = _channel_only(call)
    if not channel.archived:
        raise SlackError("not_archived")
    raise SlackError("channel_not_found")


@answers("conversations.info")
def info(call: Call) -> dict[str, Any]:
    """Describe one channel."""
    channel = call.channel()
    members = {"num_members": len(channel.members)} if call.args["include_num_members"] else {}
    locale = {"locale": "en-US"} if call.args["include_locale"] else {}
    return {"channel": {**shown(call, channel), **members, **locale}}


@answers("conversations.list")
def list_channels(call: Call) -> dict[str, Any]:
    """List all channels that the bot can see."""
    kinds = read_types(call)
    channels = [
        channel
        for channel in call.workspace.channels.values()
        if channel.kind in kinds and channel.visible_to(call.bot)
        if not (call.args["exclude_archived"] and channel.archived)
    ]
    part, metadata = page(call, channels)
    listed = [{**shown(call, channel), "num_members": len(channel.members)} for channel in part]
    return {"channels": listed, "response_metadata": metadata}


@answers("conversations.open")
def open_direct(call: Call) -> dict[str, Any]:
    """Open the direct or group message with some users; create it if necessary."""
    if call.args["channel"]:
        channel = call.channel()
        if not channel.is_direct:
            raise SlackError("method_not_supported_for_channel_type")
        return {"channel": _opened(call, channel), "no_op": True, "already_open": True}
    users = _companions(call)
    call.need_family_scope("im" if len(users) == 1 else "mpim")
    found = find_direct(call.workspace, [call.bot, *users])
    if found is None and call.args["prevent_creation"]:
        raise SlackError("channel_not_found")
    channel = found or direct_channel(call.workspace, [call.bot, *users])
    known = {"no_op": True, "already_open": True} if found else {}
    return {"channel": _opened(call, channel), **known}


def shown(call: Call, channel: Channel) -> dict[str, Any]:
    """The channel's object as the bot sees it."""
    return to_json(channel, call.bot, call.workspace.team.id)


def read_types(call: Call) -> set[Kind]:
    """The kinds of conversation in the argument `types`, each with its scope.

    Raises:
        SlackError: `invalid_types` or `missing_scope`.
    """
    names = [name.strip() for name in (call.args["types"] or "public_channel").split(",")]
    if any(name not in TYPES for name in names):
        raise SlackError("invalid_types")
    kinds = {TYPES[name] for name in names}
    for kind in kinds:
        call.need_family_scope(SCOPE_FAMILY[kind])
    return kinds


def _describe(call: Call, argument: str, subtype: str, prefix: str) -> Channel:
    workspace, text = call.workspace, call.args[argument]
    channel = _active(_channel_only(call), call)
    if len(text) > LINE_LIMIT:
        raise SlackError("too_long")
    line = Line(text, call.bot, workspace.seconds())
    setattr(channel, argument, line)
    workspace.revisions.bump("channels", channel=channel.id)
    posting.post_system_message(workspace, channel, call.bot, subtype, prefix + text, **{argument: text})
    return channel


def _channel_only(call: Call) -> Channel:
    channel = call.channel()
    if channel.is_direct:
        raise SlackError("method_not_supported_for_channel_type")
    return channel


def _active(channel: Channel, call: Call) -> Channel:
    if channel.archived:
        raise SlackError("is_archived")
    if call.bot not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _companions(call: Call) -> list[str]:
    users = [user for user in call.args["users"] or [] if user != call.bot]
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > GROUP_LIMIT:
        raise SlackError("too_many_users")
    for user_id in users:
        user = call.workspace.users.get(user_id)
        if user is None:
            raise SlackError("user_not_found")
        if user.deleted:
            raise SlackError("user_disabled")
    return users


def _opened(call: Call, channel: Channel) -> dict[str, Any]:
    return shown(call, channel) if call.args["return_im"] else {"id": channel.id}
