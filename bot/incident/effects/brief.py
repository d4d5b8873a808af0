"""Tell a new commander, and nobody else, the state of the incident and what comes first."""

from datetime import timedelta

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain import facts
from bot.incident.domain.effects import Brief, Place
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import brief
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: Brief, scene: Scene) -> Call | None:
    """The brief for whoever has command now; a person who has handed it over meanwhile needs none."""
    fact, incident = scene.told.fact, scene.incident
    if not isinstance(fact, facts.RoleAssigned) or incident.commander != fact.person:
        return None
    message = brief.brief(incident, fact, scene.house.policy, scene.room_if_open, scene.now)
    return Post(fact.person, message, scene.key)


HANDLER = Handler(
    effect=Brief,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=Place.ROOM,
    patience=timedelta(seconds=5),
    coalesces=False,
    what="tell the new commander how it stands",
    is_told=False,  # nobody misses it: the card shows the state
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
