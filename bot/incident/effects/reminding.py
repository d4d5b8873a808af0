"""What reminders in the war room and in the incidents channel have in common."""

from collections.abc import Callable, Mapping

from bot.core.blocks import Message
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain import facts
from bot.incident.domain.cadence import ScheduledReminder, promises_due
from bot.incident.domain.effects import Remind
from bot.incident.effects.render_context import RenderContext
from bot.incident.store import reminders
from bot.incident.views import reminders as views
from bot.ports.slack.calls import Call, Edit, FindPosted, Post, Remove


def is_over(effect: Remind, context: RenderContext) -> bool:
    """Whether it was answered or replaced meanwhile, checked once more at delivery: then it is not shown."""
    row = context.reminder
    if row is None or row.answered_at is not None:
        return True
    return effect.nudge.promise not in promises_due(
        context.incident, context.installation.policy, context.now
    )


def find(context: RenderContext, channel: str) -> Call | None:
    """The search for a reminder that is over and in doubt: if Slack shows it, it must be closed."""
    return FindPosted(channel, context.key) if context.doubt else None


def post_or_edit(context: RenderContext, channel: str, message: Message) -> Call:
    """An edit if the reminder is already posted; otherwise a post in this channel."""
    row = context.reminder
    return Edit(row.channel, row.ts, message) if row and row.ts else Post(channel, message, context.key)


async def delivered(transaction: DeliveryTransaction, effect: Remind, receipt: Mapping[str, str]) -> None:
    """Store where the message is. After an edit the receipt is empty, and the place is known already."""
    if not receipt:
        return
    reminder = await reminders.get(transaction.session, effect.reminder)
    reminder.channel, reminder.ts = receipt["channel"], receipt["ts"]
    transaction.session.add(reminder)
    transaction.count_reminder(effect.nudge.slot)


async def replaced(transaction: DeliveryTransaction, effect: Remind) -> bool:
    """Delete the place of the reminder; it is posted anew if it had one."""
    reminder = await reminders.get(transaction.session, effect.reminder)
    stood, reminder.channel, reminder.ts = bool(reminder.ts), "", ""
    return stood


def close(
    context: RenderContext, answered: Callable[[ScheduledReminder, facts.Fact], Message]
) -> Call | None:
    """The edit that says how it was answered, or the removal of one that was replaced or that another message covers.

    Args:
        context: with the reminder, and the fact that answered it.
        answered: the message after a fact has answered it.
    """
    row = context.reminder
    if row is None or not row.ts:
        return None  # it was answered or replaced before it was posted
    if context.entry is None:
        return Remove(row.channel, row.ts, views.replaced(context.incident))
    fact = context.entry.fact
    message = answered(reminders.scheduled_of(row), fact)
    if isinstance(fact, (facts.SeverityChanged, facts.StatusChanged)):
        return Remove(row.channel, row.ts, message)
    return Edit(row.channel, row.ts, message)
