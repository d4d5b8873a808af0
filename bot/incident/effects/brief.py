"""Tell a new commander, and nobody else, the state of the incident and what comes first."""

from datetime import timedelta

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain import facts
from bot.incident.domain.effects import Brief, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import brief, role_duties
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: Brief, context: RenderContext) -> Call | None:
    """The brief for whoever has command now; a person who has handed it over meanwhile needs none."""
    fact, incident = context.required_entry.fact, context.incident
    if not isinstance(fact, facts.RoleAssigned) or incident.commander != fact.person:
        return None
    house = context.installation
    expected = role_duties.prose(fact.role, incident, house.policy.roles, house.templates)
    message = brief.brief(incident, fact, house.policy, context.room_if_open, context.now, duties=expected)
    return Post(fact.person, message, context.key)


HANDLER = Handler(
    effect=Brief,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=Place.ROOM,
    max_wait=timedelta(seconds=5),
    coalesces=False,
    what="tell the new commander how it stands",
    warns_if_dead=False,  # nobody misses it: the card shows the state
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
