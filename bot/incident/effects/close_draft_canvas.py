"""Let people read the canvas of a draft that is published, but no longer edit it: nothing would read it any more."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import CloseDraftCanvas, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call
from bot.ports.slack.documents import ShareDocument
from bot.ports.slack.port import SLACK


def render(effect: CloseDraftCanvas, context: RenderContext) -> Call | None:
    """The access of the war room."""
    return ShareDocument(context.room, effect.canvas, "read")


HANDLER = Handler(
    effect=CloseDraftCanvas,
    port=SLACK,
    lane=lanes.READ,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=True,
    what="close the canvas of the postmortem draft",
    warns_if_dead=False,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
