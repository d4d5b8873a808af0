"""Leave the war room's link in the thread of the message that the incident was declared from."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import AnswerSource, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: AnswerSource, context: RenderContext) -> Call | None:
    """The answer in that message's thread."""
    message = messages.at_source(context.incident, context.room)
    return Post(effect.channel, message, context.key, thread=effect.ts)


HANDLER = Handler(
    effect=AnswerSource,
    port=SLACK,
    lane=lanes.SOURCE,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="leave the war room's link where it was declared from",
    warns_if_dead=False,  # people in the room do not need it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
