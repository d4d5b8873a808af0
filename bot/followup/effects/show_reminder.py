"""Show in the latest reminder of a person what is still due."""

from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.followup.domain.effects import ShowReminder
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.store import reminders
from bot.followup.views import messages
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(_effect: ShowReminder, context: RenderContext) -> Call | None:
    """The reminder as it is now, if there is one in Slack."""
    row = context.reminder
    if row is None or not row.ts:
        return None
    said = messages.reminder(context.due_privately, context.today, elsewhere=context.reminds_in)
    return Edit(row.channel, row.ts, said)


async def replaced(transaction: DeliveryTransaction, effect: ShowReminder) -> bool:
    """Forget a message that is gone; it is not posted anew, because nobody is to be reminded now."""
    row = await reminders.of_person(transaction.session, transaction.row.team_id, effect.owner)
    if row:
        row.channel, row.ts = "", ""
        transaction.session.add(row)
    return False


HANDLER = Handler(
    effect=ShowReminder,
    port=SLACK,
    lane=lanes.REMINDERS,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="update a reminder of action items",
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
