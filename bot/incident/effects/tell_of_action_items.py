"""Tell the war room, once, which open action items were going to prevent this incident."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import Place, TellOfActionItems
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import action_items
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: TellOfActionItems, context: RenderContext) -> Call | None:
    """Those that are still open, and that everybody may see: the room may have people who see no private incident."""
    still = [each for each in context.action_lines if each.is_open and not each.private]
    if not still:
        return None
    return Post(context.room, action_items.would_have_helped(still, context.names), context.key)


HANDLER = Handler(
    effect=TellOfActionItems,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="tell which action items were going to prevent this",
    warns_if_dead=False,  # nobody waits for it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.ACTION_ITEMS,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
