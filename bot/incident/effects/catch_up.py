"""Say in the war room, in one message, what could not be said there when it happened."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import CatchUp, Place
from bot.incident.effects import combining, lanes, remembering
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import catching_up
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: CatchUp, context: RenderContext) -> Call | None:
    """All of it, with the times."""
    return Post(
        context.room, catching_up.missed(context.missed, context.incident, context.names), context.key
    )


HANDLER = Handler(
    effect=CatchUp,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="say what happened meanwhile",
    warns_if_dead=True,
    latest_only=False,
    combine=combining.combine,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=remembering.told_later,
    replaced=never,
    died=do_nothing,
)
