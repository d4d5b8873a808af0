"""Say at the issue of an action item by when it is due now."""

from bot.engine.delivery.handler import Handler, never
from bot.followup.domain.effects import TellIssueOfDay
from bot.followup.effects import lanes
from bot.followup.effects.issues import delivered, died, issue_of
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import issues
from bot.ports.trackers.calls import Call, SetDueDate
from bot.ports.trackers.port import TRACKER


def render(effect: TellIssueOfDay, context: RenderContext) -> Call | None:
    """The day, unless it was moved again."""
    found = issue_of(context)
    if found is None or context.item.due_on != effect.due_on:
        return None
    return SetDueDate(*found, context.key, effect.due_on, issues.moved(effect.due_on))


HANDLER = Handler(
    effect=TellIssueOfDay,
    port=TRACKER,
    lane=lanes.TRACKER,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="say at the issue of an action item that its day was moved",
    warns_if_dead=False,  # the owner is told, once, and the lists say so
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=never,
    died=died,
)
