"""Remind a person in the channel that they have chosen; if nobody can write there, in a direct message."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.followup.domain.effects import RemindInChannel, RemindOwner, RemoveReminder, TellOfLostChannel
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.store import preferences
from bot.followup.views import messages
from bot.ports.port import Dead
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: RemindInChannel, context: RenderContext) -> Call | None:
    """The message, if anything is still due that may be shown there, and the person still wants it there."""
    person = context.people.get(effect.owner)
    if not context.reminds_in or not context.due_in_channel or (person and not person.is_active):
        return None
    said = messages.channel_reminder(effect.owner, context.due_in_channel, context.today, context.was_away)
    return Post(context.reminds_in, said, context.key)


async def delivered(
    transaction: DeliveryTransaction, effect: RemindInChannel, receipt: Mapping[str, str]
) -> None:
    """Store where it is, and remove the one before."""
    row = await preferences.row_of(transaction.session, transaction.row.team_id, effect.owner)
    if row is None or not receipt:
        return
    if row.shown_ts:
        await transaction.put(RemoveReminder(row.shown_in, row.shown_ts))
    row.shown_in, row.shown_ts = receipt["channel"], receipt["ts"]
    transaction.session.add(row)


async def died(transaction: DeliveryTransaction, effect: RemindInChannel, _result: Dead) -> None:
    """The channel is archived, or we are not in it: from now on it is a direct message, and the person is told once."""
    row = await preferences.row_of(transaction.session, transaction.row.team_id, effect.owner)
    if row is None or not row.channel:
        return
    lost, row.channel = row.channel, ""
    transaction.session.add(row)
    await transaction.put(TellOfLostChannel(effect.owner, lost), RemindOwner(effect.owner))


HANDLER = Handler(
    effect=RemindInChannel,
    port=SLACK,
    lane=lanes.REMINDERS,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="remind somebody of their action items in a channel",
    warns_if_dead=False,  # a direct message takes its place
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=never,
    died=died,
)
