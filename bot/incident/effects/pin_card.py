"""Pin the card in the war room."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import PinCard, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call, Pin
from bot.ports.slack.port import SLACK


def render(_effect: PinCard, context: RenderContext) -> Call | None:
    """The pin on the card's message."""
    place = context.places[Place.CARD]
    return Pin(place.channel, place.ts)


HANDLER = Handler(
    effect=PinCard,
    port=SLACK,
    lane=lanes.PIN,
    needs=Place.CARD,
    max_wait=None,
    coalesces=False,
    what="pin the card",
    warns_if_dead=True,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
