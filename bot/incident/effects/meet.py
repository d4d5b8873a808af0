"""Learn a person's name and time zone."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.people import person_row
from bot.engine.store import people
from bot.incident.domain.effects import Meet
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call, FetchPerson
from bot.ports.slack.port import SLACK


def render(effect: Meet, _context: RenderContext) -> Call | None:
    """The request for the person's profile."""
    return FetchPerson(effect.person)


async def delivered(transaction: DeliveryTransaction, effect: Meet, receipt: Mapping[str, str]) -> None:
    """Store the person."""
    if receipt:
        row = person_row(transaction.row.team_id, effect.person, receipt, transaction.now)
        await people.remember(transaction.session, row)


HANDLER = Handler(
    effect=Meet,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="learn somebody's name",
    warns_if_dead=False,  # nobody misses it: Slack shows the name wherever it shows the id
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
