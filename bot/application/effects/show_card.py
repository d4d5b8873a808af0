"""Post the card in the war room, or edit it to the present state."""

from collections.abc import Mapping

from bot.application.calls import Call
from bot.application.effects import posting
from bot.application.effects.handler import Handler, nothing
from bot.application.effects.marking import Marking
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import PinCard, Place, ShowCard
from bot.incident.views import card


def render(_effect: ShowCard, scene: Scene, house: House) -> Call | None:
    """The card as the state is now."""
    return posting.post_or_edit(Place.CARD, scene.room, card.card(scene.incident, house.policy), scene)


async def delivered(marking: Marking, _effect: ShowCard, receipt: Mapping[str, str]) -> None:
    """Where the card stands."""
    await posting.remember(marking, Place.CARD, receipt)


async def replaced(marking: Marking, _effect: ShowCard) -> bool:
    """Where it stood it is posted anew, and pinned anew: the pin went with it."""
    if not await posting.forget(marking, Place.CARD):
        return False
    await marking.put(PinCard())
    return True


HANDLER = Handler(
    effect=ShowCard,
    what="show the card",
    is_told=True,
    latest_only=True,
    lengthy=False,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=nothing,
)
