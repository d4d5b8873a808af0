"""Pin the card in the war room."""

from bot.application.calls import Call, Pin
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import PinCard, Place


def render(_effect: PinCard, scene: Scene, _house: House) -> Call | None:
    """The card where it stands."""
    place = scene.places[Place.CARD]
    return Pin(place.channel, place.ts)


HANDLER = Handler(
    effect=PinCard,
    what="pin the card",
    is_told=True,
    latest_only=True,
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
