"""Edit the open request for command, if there is one, to say how it ended."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import CloseTakeover, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import takeover
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(_effect: CloseTakeover, context: RenderContext) -> Call | None:
    """The request without buttons, with its answer."""
    place = context.places.get(Place.TAKEOVER)
    if place is None:
        return None
    return Edit(place.channel, place.ts, takeover.closed_request(context.required_entry.fact))


async def delivered(
    transaction: DeliveryTransaction, _effect: CloseTakeover, _receipt: Mapping[str, str]
) -> None:
    """Delete the place of the request: later effects are about another one."""
    await posting.forget(transaction, Place.TAKEOVER)


HANDLER = Handler(
    effect=CloseTakeover,
    port=SLACK,
    lane=lanes.URGENT,  # behind the request, before the next one
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="mark the request for command as answered",
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
