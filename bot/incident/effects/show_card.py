"""Post the card in the war room, or edit it to show the present state."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, nothing
from bot.engine.delivery.marking import Marking
from bot.incident.domain.effects import PinCard, Place, ShowCard
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import card
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: ShowCard, scene: Scene) -> Call | None:
    """The card of the present state."""
    return posting.post_or_edit(Place.CARD, scene.room, card.card(scene.incident, scene.house.policy), scene)


async def delivered(marking: Marking, _effect: ShowCard, receipt: Mapping[str, str]) -> None:
    """Store the place of the card."""
    await posting.remember(marking, Place.CARD, receipt)


async def replaced(marking: Marking, _effect: ShowCard) -> bool:
    """Delete its place; if it had one, post it anew and pin it again, because the pin was lost with it."""
    if not await posting.forget(marking, Place.CARD):
        return False
    await marking.put(PinCard())
    return True


HANDLER = Handler(
    effect=ShowCard,
    port=SLACK,
    lane=lanes.CARD,
    needs=Place.ROOM,
    patience=None,
    coalesces=True,
    what="show the card",
    is_told=True,
    latest_only=True,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=nothing,
)
