"""Tell somebody directly that they could not be brought into the war room, and what helps."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import TellUninvited
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import warnings
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: TellUninvited, context: RenderContext) -> Call | None:
    """The message to them alone, unless they are in, have left, or no longer belong to the incident."""
    person = effect.person
    if person not in context.incident.people or context.is_in(person) or context.has_left(person):
        return None
    return Post(person, warnings.uninvited(context.incident, effect.reason), context.key)


HANDLER = Handler(
    effect=TellUninvited,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell somebody that they could not be brought in",
    warns_if_dead=False,  # the room is told by name already that they are missing
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
