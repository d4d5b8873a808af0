"""People's actions on channels: join, leave, invite, remove, and change the channel."""

from bot.sandbox.channels import membership, settings
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.people.actor import Actor


async def join(actor: Actor) -> None:
    """Join a public channel."""
    channel = actor.non_direct_channel(member=False, active=True)
    if actor.user.id in channel.members:
        raise ActionRefused("already_in_channel: you are in this channel")
    membership.join(actor.workspace, channel, actor.user.id)


async def leave(actor: Actor) -> None:
    """Leave a channel."""
    channel = actor.non_direct_channel()
    if channel.is_general:
        raise ActionRefused("cant_leave_general: nobody leaves this channel")
    membership.leave(actor.workspace, channel, actor.user.id)


async def invite(actor: Actor) -> None:
    """Add somebody, or the app, to a channel."""
    channel = actor.non_direct_channel(active=True)
    target = actor.workspace.user(str(actor.need("target")))
    if target.deleted:
        raise ActionRefused(f"user_not_found: {target.name} is deactivated")
    if target.id in channel.members:
        raise ActionRefused(f"already_in_channel: {target.name} is in this channel")
    if target.is_ultra_restricted and membership.has_channel(actor.workspace, target.id):
        raise ActionRefused(f"ura_max_channels: {target.name} is a guest in another channel, and only there")
    membership.join(actor.workspace, channel, target.id, inviter=actor.user.id)


async def remove(actor: Actor) -> None:
    """Remove somebody, or the app, from a channel."""
    channel = actor.non_direct_channel()
    target = actor.workspace.user(str(actor.need("target")))
    if target.id not in channel.members:
        raise ActionRefused(f"not_in_channel: {target.name} is not in this channel")
    membership.leave(actor.workspace, channel, target.id, remover=actor.user.id)


async def rename(actor: Actor) -> None:
    """Rename a channel."""
    channel = actor.non_direct_channel(active=True)
    _no_guest(actor)
    settings.rename(actor.workspace, channel, str(actor.need("name")), actor.user.id)


async def make_private(actor: Actor) -> None:
    """Make a public channel private."""
    channel = actor.non_direct_channel(active=True)
    _no_guest(actor)
    if channel.kind != "public":
        raise ActionRefused("not_possible: this channel is private")
    if channel.is_general:
        raise ActionRefused("not_possible: this channel is everybody's")
    settings.make_private(actor.workspace, channel, actor.user.id)


async def archive(actor: Actor) -> None:
    """Archive a channel."""
    channel = actor.non_direct_channel(active=True)
    _no_guest(actor)
    if channel.is_general:
        raise ActionRefused("cant_archive_general: this channel stays")
    settings.archive(actor.workspace, channel, actor.user.id)


async def unarchive(actor: Actor) -> None:
    """Unarchive a channel."""
    channel = actor.non_direct_channel()
    _no_guest(actor)
    if not channel.archived:
        raise ActionRefused("not_archived: this channel is not archived")
    settings.unarchive(actor.workspace, channel, actor.user.id)


def _no_guest(actor: Actor) -> None:
    if actor.user.is_restricted:
        raise ActionRefused("restricted_action: guests cannot do that")
