"""Changes of a channel as a whole, with their messages and events."""

from typing import Any

from bot.sandbox.channels.names import check_free_name
from bot.sandbox.delivery import events
from bot.sandbox.messages import posting
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.workspace import Workspace


def rename(workspace: Workspace, channel: Channel, name: str, user_id: str) -> None:
    """Rename a channel.

    Raises:
        SlackError: as `check_free_name`.
    """
    check_free_name(workspace, name, channel)
    old, channel.name = channel.name, name
    channel.previous_names.insert(0, old)
    workspace.revisions.bump("channels", channel=channel.id)
    text = f'has renamed the channel from "{old}" to "{name}"'
    subtype = "channel_name" if channel.kind == "public" else "group_name"
    posting.post_system_message(workspace, channel, user_id, subtype, text, old_name=old, name=name)
    summary = {
        "id": channel.id,
        "name": name,
        "name_normalized": name,
        "created": channel.created,
        "is_channel": channel.kind == "public",
        "is_mpim": False,
    }
    _emit_by_kind(workspace, channel, "rename", {"channel": summary})


def archive(workspace: Workspace, channel: Channel, user_id: str) -> None:
    """Archive a channel; its name stays taken."""
    text = "archived the channel"
    subtype = "channel_archive" if channel.kind == "public" else "group_archive"
    posting.post_system_message(workspace, channel, user_id, subtype, text, members=list(channel.members))
    channel.archived = True
    workspace.revisions.bump("channels", channel=channel.id)
    _emit_by_kind(workspace, channel, "archive", {"channel": channel.id, "user": user_id})


def unarchive(workspace: Workspace, channel: Channel, user_id: str) -> None:
    """Unarchive a channel."""
    channel.archived = False
    workspace.revisions.bump("channels", channel=channel.id)
    subtype = "channel_unarchive" if channel.kind == "public" else "group_unarchive"
    posting.post_system_message(workspace, channel, user_id, subtype, "un-archived the channel")
    _emit_by_kind(workspace, channel, "unarchive", {"channel": channel.id, "user": user_id})


def make_private(workspace: Workspace, channel: Channel, user_id: str) -> None:
    """Make a public channel private: its id stays, and from then on only its members can see it.

    The only event is the message in the channel itself, which is then private (Slack docs,
    channel_convert_to_private message).
    """
    channel.kind = "private"
    # Notify everybody, because everybody could see the channel before.
    workspace.revisions.bump("channels", users=list(workspace.users))
    text = "made this channel *private*. Now, it can only be viewed or joined by invitation."
    posting.post_system_message(workspace, channel, user_id, "channel_convert_to_private", text)


def _emit_by_kind(workspace: Workspace, channel: Channel, what: str, event: dict[str, Any]) -> None:
    if channel.kind == "public":
        events.emit(workspace, {"type": f"channel_{what}", **event})
    else:
        events.emit(workspace, {"type": f"group_{what}", **event}, channel)
