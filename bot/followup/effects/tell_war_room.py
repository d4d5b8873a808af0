"""Tell the war room that an action item was added."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.followup.domain.effects import TellWarRoom
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: TellWarRoom, context: RenderContext) -> Call | None:
    """The message, if there is a room in which people still read."""
    if not context.room:
        return None
    by = context.name(context.item.added_by) or "Somebody"
    return Post(context.room, messages.in_room(context.listed, by), context.key)


HANDLER = Handler(
    effect=TellWarRoom,
    port=SLACK,
    lane=lanes.ROOM,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell the war room of an action item",
    warns_if_dead=False,  # whoever added it has seen that it is there
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
