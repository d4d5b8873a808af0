"""Show in the latest reminder of a person in a channel what is still due."""

from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.followup.domain.effects import ShowChannelReminder
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.store import preferences
from bot.followup.views import messages
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(effect: ShowChannelReminder, context: RenderContext) -> Call | None:
    """The reminder as it is now, if there is one in a channel."""
    row = context.chosen
    if row is None or not row.shown_ts:
        return None
    said = messages.channel_reminder(effect.owner, context.due_in_channel, context.today)
    return Edit(row.shown_in, row.shown_ts, said)


async def replaced(transaction: DeliveryTransaction, effect: ShowChannelReminder) -> bool:
    """Forget a message that is gone; it is not posted anew, because nobody is to be reminded now."""
    row = await preferences.row_of(transaction.session, transaction.row.team_id, effect.owner)
    if row:
        row.shown_in, row.shown_ts = "", ""
        transaction.session.add(row)
    return False


HANDLER = Handler(
    effect=ShowChannelReminder,
    port=SLACK,
    lane=lanes.REMINDERS,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="update a reminder of action items in a channel",
    warns_if_dead=False,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=replaced,
    died=do_nothing,
)
