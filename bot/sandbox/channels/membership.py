"""The members of channels, and the messages and events for joining and leaving."""

from bot.sandbox.delivery import events
from bot.sandbox.messages import posting
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.workspace import Workspace

# The kinds of channel in `member_joined_channel`.
EVENT_KIND = {"public": "C", "private": "G"}


def has_channel(workspace: Workspace, user_id: str) -> bool:
    """Whether a user is in any channel, not counting direct messages."""
    return any(user_id in c.members for c in workspace.channels.values() if not c.is_direct)


def join(workspace: Workspace, channel: Channel, user_id: str, inviter: str | None = None) -> None:
    """Add a member to a channel, not to a direct message, whose members are fixed."""
    channel.members.append(user_id)
    workspace.revisions.bump("channels", channel=channel.id)
    invited = {"inviter": inviter} if inviter else {}
    subtype = "channel_join" if channel.kind == "public" else "group_join"
    posting.post_system_message(
        workspace, channel, user_id, subtype, f"<@{user_id}> has joined the channel", **invited
    )
    channel.last_read.setdefault(user_id, list(channel.messages)[-1])
    event = {
        "type": "member_joined_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": EVENT_KIND[channel.kind],
        "team": workspace.team.id,
        **invited,
    }
    events.emit(workspace, event, channel)


def leave(workspace: Workspace, channel: Channel, user_id: str, remover: str | None = None) -> None:
    """Remove a member; `remover` is the user who did it, if it was another user."""
    subtype = "channel_leave" if channel.kind == "public" else "group_leave"
    text = f"<@{user_id}> has left the channel"
    if remover:
        text = f"<@{user_id}> was removed from the channel by <@{remover}>"
    posting.post_system_message(workspace, channel, user_id, subtype, text)
    if user_id == workspace.app.bot_user_id:
        kind = "channel_left" if channel.kind == "public" else "group_left"
        events.emit(workspace, {"type": kind, "channel": channel.id, "actor_id": remover or user_id}, channel)
    channel.members.remove(user_id)
    # Notify everybody who could see the channel before, even if they no longer can.
    workspace.revisions.bump("channels", users=[*channel.members, user_id])
    event = {
        "type": "member_left_channel",
        "user": user_id,
        "channel": channel.id,
        "channel_type": EVENT_KIND[channel.kind],
        "team": workspace.team.id,
    }
    events.emit(workspace, event, channel)
