"""Say once in the board's channel that nobody has answered a near miss in time."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.followup.domain.near_miss_effects import RemindOfNearMiss
from bot.followup.effects import lanes
from bot.followup.effects.near_miss_context import RenderContext
from bot.followup.views.near_miss_messages import overdue
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: RemindOfNearMiss, context: RenderContext) -> Call | None:
    """The message, if it still waits and there is a channel."""
    if not context.item.waits or not context.channel:
        return None
    return Post(context.channel, overdue(context.item), context.key)


async def delivered(
    transaction: DeliveryTransaction, effect: RemindOfNearMiss, receipt: Mapping[str, str]
) -> None:
    """Count it, with its delay."""
    if receipt:
        transaction.count_reminder(effect.due_at)


HANDLER = Handler(
    effect=RemindOfNearMiss,
    port=SLACK,
    lane=lanes.NEAR_MISS_BOARD,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="say that a near miss waits for an answer",
    warns_if_dead=False,  # the list shows it, and doctor says so
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
