"""Edit a nudge to say how it was answered, or remove it if it was overtaken or replaced."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain import facts
from bot.incident.domain.effects import CloseNudge, Place
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store.nudges import nudge_of
from bot.incident.views import nudges as views
from bot.ports.slack.calls import Call, Edit, Remove
from bot.ports.slack.port import SLACK


def render(_effect: CloseNudge, context: RenderContext) -> Call | None:
    """The answer in the place of the question; what else ended it, the war room shows already."""
    row = context.nudge
    if row is None or not row.ts:
        return None  # it was over before it was posted
    fact = context.entry.fact if context.entry else None
    if isinstance(fact, facts.SeverityConfirmed | facts.NudgeDeclined):
        return Edit(row.channel, row.ts, views.answered(context.incident, fact))
    return Remove(row.channel, row.ts, views.overtaken(context.incident, nudge_of(row).kind))


HANDLER = Handler(
    effect=CloseNudge,
    port=SLACK,
    lane=lanes.URGENT,  # behind the nudge itself
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="mark a nudge as answered",
    warns_if_dead=False,  # people see the answer itself
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
