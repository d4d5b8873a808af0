"""Remind a person of all that is due, in one message, which takes the place of the one before."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.followup.domain.effects import RemindOwner, RemoveReminder
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.store import preferences, reminders
from bot.followup.views import messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: RemindOwner, context: RenderContext) -> Call | None:
    """The message, if anything is still due of which they are not reminded in a channel."""
    person = context.people.get(effect.owner)
    due = context.due_privately
    if not due or (person and not person.is_active):
        return None
    said = messages.reminder(due, context.today, elsewhere=context.reminds_in, was_away=context.was_away)
    return Post(effect.owner, said, context.key)


async def delivered(
    transaction: DeliveryTransaction, effect: RemindOwner, receipt: Mapping[str, str]
) -> None:
    """Store where it is, and remove the one before."""
    if not receipt:
        return
    row = await reminders.of_person(transaction.session, transaction.row.team_id, effect.owner)
    if row is None:
        return
    if row.ts:
        await transaction.put(RemoveReminder(row.channel, row.ts))
    row.channel, row.ts = receipt["channel"], receipt["ts"]
    transaction.session.add(row)
    await _remove_from_channel(transaction, effect)


async def _remove_from_channel(transaction: DeliveryTransaction, effect: RemindOwner) -> None:
    """Remove the latest one in a channel, if the person does not want them there any more."""
    chosen = await preferences.row_of(transaction.session, transaction.row.team_id, effect.owner)
    if chosen is None or chosen.channel or not chosen.shown_ts:
        return
    await transaction.put(RemoveReminder(chosen.shown_in, chosen.shown_ts))
    chosen.shown_in, chosen.shown_ts = "", ""
    transaction.session.add(chosen)


HANDLER = Handler(
    effect=RemindOwner,
    port=SLACK,
    lane=lanes.REMINDERS,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="remind somebody of their action items",
    warns_if_dead=False,  # doctor says so
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
