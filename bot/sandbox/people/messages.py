"""People's actions on messages: write, react, pin and read."""

from typing import Any

from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.messages import attachments, links, pins, posting, reactions
from bot.sandbox.people.actor import Actor
from bot.sandbox.text import emoji
from bot.sandbox.text.rich_text import written


async def say(actor: Actor) -> None:
    """Post a message."""
    channel = actor.channel(active=True)
    message = posting.post(actor.workspace, channel, _author(actor), _written(actor))
    links.tell(actor.workspace, channel, message)


async def reply(actor: Actor) -> None:
    """Answer in a thread."""
    channel = actor.channel(active=True)
    ts = actor.posted(channel)
    message = posting.post(actor.workspace, channel, _author(actor), _written(actor), thread_ts=ts)
    links.tell(actor.workspace, channel, message)


async def edit(actor: Actor) -> None:
    """Change one of the person's own messages."""
    channel = actor.channel(active=True)
    ts = _own(actor, actor.message(channel))
    posting.change(actor.workspace, channel, ts, _written(actor), actor.user.id)


async def delete(actor: Actor) -> None:
    """Delete one of the person's own messages."""
    channel = actor.channel()
    posting.delete(actor.workspace, channel, _own(actor, actor.message(channel)))


async def forward(actor: Actor) -> None:
    """Forward a message to another channel, with or without a comment."""
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
    """Remove a reaction."""
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


async def read(actor: Actor) -> None:
    """Mark everything in a channel as read."""
    channel = actor.channel()
    latest = next(reversed(channel.messages), "")
    if channel.last_read.get(actor.user.id, "") == latest:
        return
    channel.last_read[actor.user.id] = latest
    actor.workspace.revisions.bump("channels", channel=channel.id, users=[actor.user.id])


def _author(actor: Actor) -> dict[str, Any]:
    return {"user": actor.user.id, "client_msg_id": actor.workspace.ids.uuid()}


def _written(actor: Actor) -> dict[str, Any]:
    return written(actor.workspace, str(actor.need("text")), actor.user.id)


def _emoji(actor: Actor) -> str:
    """The name of a reaction's emoji, which may be given as `eyes`, `:eyes:` or the character."""
    given = str(actor.need("name")).strip(":")
    return emoji.name_of(given) or given


def _own(actor: Actor, message: dict[str, Any]) -> str:
    if message.get("user") != actor.user.id or "bot_id" in message:
        raise ActionRefused("cant_change_message: this is somebody else's message")
    return str(message["ts"])
