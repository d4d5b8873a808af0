"""Tell the person who got a role, and nobody else, what is expected of them."""

from datetime import timedelta

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain import facts
from bot.incident.domain.effects import GiveDuties, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import role_duties
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: GiveDuties, context: RenderContext) -> Call | None:
    """The duties, if they still hold the role.

    Slack may have refused to bring them into a private war room, so the title is named only to people who are in it.
    """
    fact, incident, house = context.required_entry.fact, context.incident, context.installation
    if not isinstance(fact, facts.RoleAssigned) or fact.role not in incident.roles_of(fact.person):
        return None
    may_read = not incident.private or context.is_in(fact.person)
    prose = role_duties.prose(fact.role, incident, house.policy.roles, house.templates, may_read=may_read)
    message = role_duties.duties(incident, fact, prose, context.room_if_open, may_read=may_read)
    return Post(fact.person, message, context.key)


HANDLER = Handler(
    effect=GiveDuties,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=Place.ROOM,
    max_wait=timedelta(seconds=5),
    coalesces=False,
    what="tell somebody the duties of a role",
    warns_if_dead=False,  # nobody misses it: the war room was told who has which role
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
