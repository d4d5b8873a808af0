"""An incident with a commander, time that passes, and the reminders that follow."""

from typing import Any

from bot.core.blocks import Message
from bot.incident.domain.vocabulary import Severity
from bot.ports.slack.calls import Edit, Post
from tests.engine.world import BEN, INCIDENTS, World

REMINDERS = (":alarm_clock:", ":bell:")
A_DAY = (*[1] * 45, *[15] * 93)  # minutes between ticks: close together at first, then every 15


async def commanded(world: World, severity: Severity = Severity.SEV1, **more: Any) -> int:
    incident = await world.declare(severity=severity, commander=BEN, **more)
    await world.deliver()
    world.slack.calls.clear()
    return incident.number


async def time_passes(world: World, *minutes: float) -> None:
    """Let time pass in these steps, with a tick after each."""
    for each in minutes:
        world.clock.forward(minutes=each)
        await world.tick()
        await world.deliver()


async def minutes_pass(world: World, *, minutes: int) -> None:
    """Let time pass with a tick each minute."""
    await time_passes(world, *[1] * minutes)


def is_reminder(message: Message) -> bool:
    return any(sign in str(message.text) for sign in REMINDERS)


def reminders_posted(world: World, channel: str | None = None) -> list[Post]:
    """The reminders that were posted: all, or in one channel."""
    return [
        post for post in world.slack.of(Post) if is_reminder(post.message) and channel in (None, post.channel)
    ]


def reminders_in_room(world: World) -> list[Post]:
    return [post for post in reminders_posted(world) if post.channel != INCIDENTS]


def reminders_shown(world: World, *, in_channel: bool = False) -> list[str]:
    """The texts of the reminders that Slack shows, unanswered."""
    return [
        str(message.text)
        for (channel, _), message in world.slack.shown.items()
        if is_reminder(message) and (channel == INCIDENTS) is in_channel
    ]


def edits(world: World, words: str) -> list[Edit]:
    return [edit for edit in world.slack.of(Edit) if words in str(edit.message.text)]
