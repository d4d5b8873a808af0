"""Pin the card in the war room."""

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import PinCard, Place
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.ports.slack.calls import Call, Pin
from bot.ports.slack.port import SLACK


def render(_effect: PinCard, scene: Scene) -> Call | None:
    """The pin on the card's message."""
    place = scene.places[Place.CARD]
    return Pin(place.channel, place.ts)


HANDLER = Handler(
    effect=PinCard,
    port=SLACK,
    lane=lanes.PIN,
    needs=Place.CARD,
    patience=None,
    coalesces=False,
    what="pin the card",
    is_told=True,
    latest_only=True,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
