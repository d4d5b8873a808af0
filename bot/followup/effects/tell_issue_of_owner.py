"""Say at the issue of an action item who does it now."""

from bot.engine.delivery.handler import Handler, never
from bot.followup.domain.effects import TellIssueOfOwner
from bot.followup.effects import lanes
from bot.followup.effects.issues import delivered, died, issue_of
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import issues
from bot.ports.trackers.calls import Call, CommentOnIssue
from bot.ports.trackers.port import TRACKER


def render(effect: TellIssueOfOwner, context: RenderContext) -> Call | None:
    """The owner's name, unless somebody else has it by now."""
    found = issue_of(context)
    if found is None or context.item.owner != effect.owner:
        return None
    return CommentOnIssue(*found, context.key, issues.given(context.name(effect.owner)))


HANDLER = Handler(
    effect=TellIssueOfOwner,
    port=TRACKER,
    lane=lanes.TRACKER,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="say at the issue of an action item that it was handed over",
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
