"""Tell a person, and nobody else, that they were given an action item."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.followup.domain.effects import TellOwner
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: TellOwner, context: RenderContext) -> Call | None:
    """The item, unless it is over, somebody else's by now, or the person may not see it any more."""
    item = context.item
    if not item.is_open or item.owner != effect.owner or not context.can_be_told(effect.owner):
        return None
    return Post(effect.owner, messages.given(context.listed, context.today), context.key)


HANDLER = Handler(
    effect=TellOwner,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell somebody of their action item",
    warns_if_dead=False,  # they are reminded of it
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
