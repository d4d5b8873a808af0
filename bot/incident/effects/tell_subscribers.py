"""Tell the subscribers of an act: each gets a message of their own, in a lane that nobody else waits in."""

from collections.abc import Mapping
from datetime import timedelta

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import Place, TellSubscriber, TellSubscribers
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import subscriptions
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: TellSubscribers, _context: RenderContext) -> Call | None:
    """It shows nothing itself."""
    return None


async def delivered(
    transaction: DeliveryTransaction, effect: TellSubscribers, _receipt: Mapping[str, str]
) -> None:
    """Add one effect for each who follows the incident now."""
    stored = await transaction.stored()
    people = await subscriptions.subscribers(transaction.session, stored.team, stored.state)
    await transaction.put(*(TellSubscriber(effect.seq, also=effect.also, person=each) for each in people))


HANDLER = Handler(
    effect=TellSubscribers,
    port=SLACK,
    lane=lanes.SUBSCRIBERS,
    needs=Place.ROOM,
    max_wait=timedelta(seconds=5),
    coalesces=False,
    what="tell those who follow the incident",
    warns_if_dead=False,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
