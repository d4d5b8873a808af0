"""Edit the open offer of command, if there is one, to say how it ended."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import CloseOffer, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import messages
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(_effect: CloseOffer, context: RenderContext) -> Call | None:
    """The offer without buttons, with its result."""
    place = context.places.get(Place.OFFER)
    return (
        Edit(place.channel, place.ts, messages.closed_offer(context.required_entry.fact)) if place else None
    )


async def delivered(
    transaction: DeliveryTransaction, _effect: CloseOffer, _receipt: Mapping[str, str]
) -> None:
    """Delete the place of the offer: later effects are about another one."""
    await posting.forget(transaction, Place.OFFER)


HANDLER = Handler(
    effect=CloseOffer,
    port=SLACK,
    lane=lanes.URGENT,  # behind the offer, before the next one
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="mark the offer of command as answered",
    warns_if_dead=False,  # another message tells the room how it ended
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
