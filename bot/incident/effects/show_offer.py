"""Post an offer of command with its buttons."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, never, nothing
from bot.engine.delivery.marking import Marking
from bot.incident.domain import facts
from bot.incident.domain.effects import Place, ShowOffer
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import messages
from bot.ports.slack.calls import Call, FindPosted, Post
from bot.ports.slack.port import SLACK


def render(_effect: ShowOffer, scene: Scene) -> Call | None:
    """The offer, unless it was answered meanwhile."""
    entry, incident = scene.told, scene.incident
    if isinstance(entry.fact, facts.HandoffOffered) and entry.fact.to == incident.handoff_to:
        return Post(scene.room, messages.told(entry, incident, scene.names), scene.key)
    return FindPosted(scene.room, scene.key) if scene.doubt else None


async def delivered(marking: Marking, _effect: ShowOffer, receipt: Mapping[str, str]) -> None:
    """Store the place of the offer, so that it can be closed."""
    await posting.remember(marking, Place.OFFER, receipt)


HANDLER = Handler(
    effect=ShowOffer,
    port=SLACK,
    lane=lanes.URGENT,
    needs=Place.ROOM,
    patience=None,
    coalesces=False,
    what="post the offer of command",
    is_told=True,
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=nothing,
)
