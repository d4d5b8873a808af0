"""Post a fact of the timeline in the war room."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.audiences import Audience
from bot.incident.domain.effects import Place, TellRoom
from bot.incident.effects import combining, lanes, remembering, telling
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: TellRoom, context: RenderContext) -> Call | None:
    """One message about the whole act."""
    return Post(context.room, telling.message(Audience.ROOM, context), context.key)


HANDLER = Handler(
    effect=TellRoom,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="post a message",
    warns_if_dead=True,
    latest_only=False,
    combine=combining.combine,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=remembering.told_by_message,
    replaced=never,
    died=do_nothing,
)
