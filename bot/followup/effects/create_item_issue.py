"""Create the issue of an action item in the tracker, once."""

from bot.engine.delivery.handler import Handler, never
from bot.followup.domain.effects import CreateItemIssue
from bot.followup.effects import lanes
from bot.followup.effects.issues import allows, delivered, died
from bot.followup.effects.render_context import RenderContext
from bot.followup.views import issues
from bot.ports.trackers.calls import Call, CreateIssue, Where
from bot.ports.trackers.port import TRACKER


def render(_effect: CreateItemIssue, context: RenderContext) -> Call | None:
    """The issue, unless there is one. If the item is over by now, an issue of an earlier try is only looked for."""
    row, item, policy = context.issue, context.item, context.tracker
    if row is None or row.issue or not policy.is_on:
        return None
    return CreateIssue(
        where=Where(row.tracker, row.place),
        key=row.key,
        title=issues.heading(item),
        body=issues.body(item, context.name(item.owner)),
        labels=tuple(policy.labels),
        assignee=policy.people.get(item.owner, ""),
        due_on=item.due_on,
        issue_type=policy.issue_type,
        since=row.wanted_at,
        now=context.now,
        is_wanted=item.is_open and allows(context),
    )


HANDLER = Handler(
    effect=CreateItemIssue,
    port=TRACKER,
    lane=lanes.TRACKER,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="create the issue of an action item",
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
