"""Tell the owner of an action item, once, that the tracker does not take something."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.followup.domain.effects import TellOfTrouble
from bot.followup.effects import lanes
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import issue_messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: TellOfTrouble, context: RenderContext) -> Call | None:
    """The reason and what helps, unless it works by now, or the owner may not be told."""
    item, issue = context.item, context.listed.issue
    if issue is None or not issue.trouble or not context.can_be_told(item.owner):
        return None
    return Post(item.owner, issue_messages.not_tracked(context.listed, issue), context.key)


HANDLER = Handler(
    effect=TellOfTrouble,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=True,
    what="tell somebody that the tracker does not take their action item",
    warns_if_dead=False,  # the lists say so
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
