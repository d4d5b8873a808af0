"""Tell the reporter of a near miss privately what is done about it, or which incident it became."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.followup.domain.near_miss_effects import TellReporter
from bot.followup.effects import lanes
from bot.followup.effects.near_miss_context import RenderContext
from bot.followup.views import near_miss_messages as messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: TellReporter, context: RenderContext) -> Call | None:
    """The answer as it is now, unless it was taken back, or has no reporter who could be told."""
    item = context.item
    if item.is_withdrawn or not context.reporter_is_there:
        return None
    if not effect.of_incident:
        return Post(item.reported_by, messages.told_of_answer(item), context.key)
    if item.promoted_to is None:
        return None
    return Post(item.reported_by, messages.told_of_incident(item, item.promoted_to), context.key)


HANDLER = Handler(
    effect=TellReporter,
    port=SLACK,
    lane=lanes.NEAR_MISS_PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell the reporter of a near miss what is done about it",
    warns_if_dead=False,  # the list shows it, and doctor says so
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
