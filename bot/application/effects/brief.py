"""Tell a new commander, and only them, how it stands and what comes first."""

from bot.application.calls import Call, Post
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain import facts
from bot.incident.domain.effects import Brief
from bot.incident.views import brief


def render(_effect: Brief, scene: Scene, house: House) -> Call | None:
    """To whoever has command now; who has handed it on meanwhile needs none."""
    fact, incident = scene.told.fact, scene.incident
    if not isinstance(fact, facts.RoleAssigned) or incident.commander != fact.person:
        return None
    message = brief.brief(incident, fact, house.policy, scene.room_if_open, scene.now)
    return Post(fact.person, message, scene.key)


HANDLER = Handler(
    effect=Brief,
    what="tell the new commander how it stands",
    is_told=False,  # nobody misses it: the card says how it stands
    latest_only=False,
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
