"""Close the issue of an action item, or open it again, so that it is as the item is."""

from bot.engine.delivery.handler import Handler, never
from bot.followup.domain.effects import ShowIssueState
from bot.followup.effects import lanes
from bot.followup.effects.issues import delivered, died, issue_of
from bot.followup.effects.render_context import RenderContext
from bot.ports.trackers.calls import Call, IssueState, SetIssueState
from bot.ports.trackers.port import TRACKER


def render(_effect: ShowIssueState, context: RenderContext) -> Call | None:
    """The present state, unless the issue is so already, as far as we know."""
    found, wanted = issue_of(context), context.item.state.value
    if found is None or context.issue is None or context.issue.state == wanted:
        return None
    return SetIssueState(*found, IssueState(wanted))


HANDLER = Handler(
    effect=ShowIssueState,
    port=TRACKER,
    lane=lanes.TRACKER,
    needs=None,
    max_wait=None,
    coalesces=True,
    what="close or reopen the issue of an action item",
    warns_if_dead=False,  # the owner is told, once, and the lists say so
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=never,
    died=died,
)
