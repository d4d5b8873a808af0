"""Post an offer of command with its buttons."""

from collections.abc import Mapping

from bot.application.calls import Call, FindPosted, Post
from bot.application.effects import posting
from bot.application.effects.handler import Handler, never, nothing
from bot.application.effects.marking import Marking
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain import facts
from bot.incident.domain.effects import Place, ShowOffer
from bot.incident.views import messages


def render(_effect: ShowOffer, scene: Scene, _house: House) -> Call | None:
    """An offer that was answered meanwhile is not made any more."""
    entry, incident = scene.told, scene.incident
    if isinstance(entry.fact, facts.HandoffOffered) and entry.fact.to == incident.handoff_to:
        return Post(scene.room, messages.told(entry, incident, scene.names), scene.key)
    return FindPosted(scene.room, scene.key) if scene.doubt else None


async def delivered(marking: Marking, _effect: ShowOffer, receipt: Mapping[str, str]) -> None:
    """Where the offer stands, to be closed there."""
    await posting.remember(marking, Place.OFFER, receipt)


HANDLER = Handler(
    effect=ShowOffer,
    what="post the offer of command",
    is_told=True,
    latest_only=False,
    lengthy=False,
    render=render,
    delivered=delivered,
    replaced=never,
    died=nothing,
)
