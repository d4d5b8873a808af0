"""Bring the people of a duplicate into the war room of the incident that it was merged into."""

from bot.engine.delivery.handler import Handler, never
from bot.incident.domain.effects import BringOver, Place
from bot.incident.effects import invite, lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call, InvitePeople
from bot.ports.slack.port import SLACK


def render(effect: BringOver, context: RenderContext) -> Call | None:
    """The invitation, without people who are in the room or have left it since; none if it is no duplicate any more."""
    if effect.duplicate not in context.incident.duplicates:
        return None
    wanted = tuple(
        person
        for person in effect.people
        if not context.is_in(person) and not context.has_left(person, context.wanted_at)
    )
    return InvitePeople(context.room, wanted) if wanted else None


HANDLER = Handler(
    effect=BringOver,
    port=SLACK,
    lane=lanes.INVITE,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="bring the people of the duplicate into the war room",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=invite.delivered,
    replaced=never,
    died=invite.died,
)
