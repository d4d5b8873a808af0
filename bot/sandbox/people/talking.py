"""Talking: messages, reactions, pins, coming and going."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.sandbox.channels import membership
from bot.sandbox.channels.direct_messages import direct_channel
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.delivery import events
from bot.sandbox.messages import attachments, pins, posting, reactions
from bot.sandbox.text import emoji
from bot.sandbox.text.rich_text import written

if TYPE_CHECKING:
    from typing import Any

    from bot.sandbox.people.actor import Actor


async def say(actor: Actor) -> None:
    """Post what was typed into the composer."""
    channel = actor.channel(active=True)
    posting.post(actor.workspace, channel, _author(actor), _written(actor))


async def reply(actor: Actor) -> None:
    """Answer in a thread."""
    channel = actor.channel(active=True)
    ts = actor.posted(channel)
    posting.post(actor.workspace, channel, _author(actor), _written(actor), thread_ts=ts)


async def edit(actor: Actor) -> None:
    """Change one of one's own messages."""
    channel = actor.channel(active=True)
    ts = _own(actor, actor.message(channel))
    posting.change(actor.workspace, channel, ts, _written(actor), actor.user.id)


async def delete(actor: Actor) -> None:
    """Delete one of one's own messages."""
    channel = actor.channel()
    posting.delete(actor.workspace, channel, _own(actor, actor.message(channel)))


async def forward(actor: Actor) -> None:
    """Send a message on to another channel, with or without words of one's own."""
    workspace, source = actor.workspace, actor.channel(member=False)
    message = source.messages[actor.posted(source)]
    target = actor.at(str(actor.need("to")), active=True)
    content = written(workspace, str(actor.details.get("text") or ""), actor.user.id)
    attachment = attachments.forwarded(workspace, source, message, actor.user)
    posting.post(workspace, target, _author(actor), {**content, "attachments": [attachment]})


async def react(actor: Actor) -> None:
    """Add a reaction."""
    channel = actor.channel(active=True)
    ts = actor.posted(channel)
    reactions.react(actor.workspace, channel, ts, _emoji(actor), actor.user.id)


async def unreact(actor: Actor) -> None:
    """Take a reaction back."""
    channel = actor.channel(active=True)
    ts = actor.posted(channel)
    reactions.unreact(actor.workspace, channel, ts, _emoji(actor), actor.user.id)


async def pin(actor: Actor) -> None:
    """Pin a message."""
    channel = actor.channel(active=True)
    pins.pin(actor.workspace, channel, actor.posted(channel), actor.user.id)


async def unpin(actor: Actor) -> None:
    """Unpin a message."""
    channel = actor.channel(active=True)
    pins.unpin(actor.workspace, channel, actor.posted(channel), actor.user.id)


async def join(actor: Actor) -> None:
    """Go into a public channel."""
    channel = actor.room(member=False, active=True)
    if actor.user.id in channel.members:
        raise ActionRefused("already_in_channel: you are in this channel")
    membership.join(actor.workspace, channel, actor.user.id)


async def leave(actor: Actor) -> None:
    """Go out of a channel."""
    channel = actor.room()
    if channel.is_general:
        raise ActionRefused("cant_leave_general: nobody leaves this channel")
    membership.leave(actor.workspace, channel, actor.user.id)


async def invite(actor: Actor) -> None:
    """Add somebody, or the app, to a channel."""
    channel = actor.room(active=True)
    target = actor.workspace.user(str(actor.need("target")))
    if target.deleted:
        raise ActionRefused(f"user_not_found: {target.name} is deactivated")
    if target.id in channel.members:
        raise ActionRefused(f"already_in_channel: {target.name} is in this channel")
    if target.is_ultra_restricted and membership.has_channel(actor.workspace, target.id):
        raise ActionRefused(f"ura_max_channels: {target.name} is a guest in another channel, and only there")
    membership.join(actor.workspace, channel, target.id, inviter=actor.user.id)


async def remove(actor: Actor) -> None:
    """Take somebody, or the app, out of a channel."""
    channel = actor.room()
    target = actor.workspace.user(str(actor.need("target")))
    if target.id not in channel.members:
        raise ActionRefused(f"not_in_channel: {target.name} is not in this channel")
    membership.leave(actor.workspace, channel, target.id, remover=actor.user.id)


async def read(actor: Actor) -> None:
    """Mark everything in a channel as read."""
    channel = actor.channel()
    latest = next(reversed(channel.messages), "")
    if channel.last_read.get(actor.user.id, "") == latest:
        return
    channel.last_read[actor.user.id] = latest
    actor.workspace.revisions.bump("channels", channel=channel.id, users=[actor.user.id])


async def open_home(actor: Actor) -> None:
    """Look at the app's Home tab."""
    workspace = actor.workspace
    channel = direct_channel(workspace, [actor.user.id, workspace.app.bot_user_id])
    event = {
        "type": "app_home_opened",
        "user": actor.user.id,
        "channel": channel.id,
        "tab": "home" if workspace.app.home_tab else "messages",
    }
    home = workspace.views.homes.get(actor.user.id)
    events.emit(workspace, {**event, **({"view": home} if home else {})})


def _author(actor: Actor) -> dict[str, Any]:
    return {"user": actor.user.id, "client_msg_id": actor.workspace.ids.uuid()}


def _written(actor: Actor) -> dict[str, Any]:
    return written(actor.workspace, str(actor.need("text")), actor.user.id)


def _emoji(actor: Actor) -> str:
    """The name of the emoji of a reaction, which may be given as ``eyes``, ``:eyes:`` or the character."""
    given = str(actor.need("name")).strip(":")
    return emoji.name_of(given) or given


def _own(actor: Actor, message: dict[str, Any]) -> str:
    if message.get("user") != actor.user.id or "bot_id" in message:
        raise ActionRefused("cant_change_message: this is somebody else's message")
    return str(message["ts"])
