"""Edit the open offer of command, if there is one, to say how it ended."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, never, nothing
from bot.engine.delivery.marking import Marking
from bot.incident.domain.effects import CloseOffer, Place
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import messages
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(_effect: CloseOffer, scene: Scene) -> Call | None:
    """The offer without buttons, with its result."""
    place = scene.places.get(Place.OFFER)
    return Edit(place.channel, place.ts, messages.closed_offer(scene.told.fact)) if place else None


async def delivered(marking: Marking, _effect: CloseOffer, _receipt: Mapping[str, str]) -> None:
    """Delete the place of the offer: later effects are about another one."""
    await posting.forget(marking, Place.OFFER)


HANDLER = Handler(
    effect=CloseOffer,
    port=SLACK,
    lane=lanes.URGENT,  # behind the offer, before the next one
    needs=Place.ROOM,
    patience=None,
    coalesces=False,
    what="mark the offer of command as answered",
    is_told=False,  # another message tells the room how it ended
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=nothing,
)
