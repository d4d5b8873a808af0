"""What reminders in the war room and in the incidents channel have in common."""

from collections.abc import Callable, Mapping

from bot.core.blocks import Message
from bot.engine.delivery.marking import Marking
from bot.incident.domain import facts
from bot.incident.domain.cadence import Nudge, running
from bot.incident.domain.effects import Remind
from bot.incident.effects.scene import Scene
from bot.incident.store import reminders
from bot.incident.views import reminders as views
from bot.ports.slack.calls import Call, Edit, FindPosted, Post, Remove


def is_over(effect: Remind, scene: Scene) -> bool:
    """Whether it was answered or replaced meanwhile, checked once more at delivery: then it is not shown."""
    row = scene.reminder
    if row is None or row.answered_at is not None:
        return True
    return effect.nudge.promise not in running(scene.incident, scene.house.policy, scene.now)


def find(scene: Scene, channel: str) -> Call | None:
    """The search for a reminder that is over and in doubt: if Slack shows it, it must be closed."""
    return FindPosted(channel, scene.key) if scene.doubt else None


def post_or_edit(scene: Scene, channel: str, message: Message) -> Call:
    """An edit if the reminder is already posted; otherwise a post in this channel."""
    row = scene.reminder
    return Edit(row.channel, row.ts, message) if row and row.ts else Post(channel, message, scene.key)


async def delivered(marking: Marking, effect: Remind, receipt: Mapping[str, str]) -> None:
    """Store where the message is. After an edit the receipt is empty, and the place is known already."""
    if not receipt:
        return
    reminder = await reminders.get(marking.session, effect.reminder)
    reminder.channel, reminder.ts = receipt["channel"], receipt["ts"]
    marking.session.add(reminder)
    if marking.reminded:
        marking.reminded((marking.now - effect.nudge.slot).total_seconds())


async def replaced(marking: Marking, effect: Remind) -> bool:
    """Delete the place of the reminder; it is posted anew if it had one."""
    reminder = await reminders.get(marking.session, effect.reminder)
    stood, reminder.channel, reminder.ts = bool(reminder.ts), "", ""
    return stood


def close(scene: Scene, answered: Callable[[Nudge, facts.Fact], Message]) -> Call | None:
    """The edit that says how it was answered, or the removal of one that was replaced or that another message covers.

    Args:
        scene: with the reminder, and the fact that answered it.
        answered: the message after a fact has answered it.
    """
    row = scene.reminder
    if row is None or not row.ts:
        return None  # it was answered or replaced before it was posted
    if scene.entry is None:
        return Remove(row.channel, row.ts, views.replaced(scene.incident))
    fact = scene.entry.fact
    message = answered(reminders.nudge_of(row), fact)
    if isinstance(fact, (facts.SeverityChanged, facts.StatusChanged)):
        return Remove(row.channel, row.ts, message)
    return Edit(row.channel, row.ts, message)
