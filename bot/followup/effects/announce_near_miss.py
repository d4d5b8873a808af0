"""Post a near miss in the board's channel, or edit the post to show the present state."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.handler import Handler, do_nothing
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.followup.domain.near_miss_effects import AnnounceNearMiss
from bot.followup.effects import lanes
from bot.followup.effects.near_miss_context import BOARD, RenderContext
from bot.followup.views.near_miss_rows import announcement
from bot.ports.slack.calls import Call
from bot.ports.slack.port import SLACK


def render(_effect: AnnounceNearMiss, context: RenderContext) -> Call | None:
    """The post, if there is a channel for it. One that was taken back before it was posted is not posted."""
    if BOARD not in context.places and (context.item.is_withdrawn or not context.channel):
        return None
    return posting.post_or_edit(BOARD, context.channel, announcement(context.item), context)


async def delivered(
    transaction: DeliveryTransaction, _effect: AnnounceNearMiss, receipt: Mapping[str, str]
) -> None:
    """Store where it is."""
    await posting.remember(transaction, BOARD, receipt)


async def replaced(transaction: DeliveryTransaction, _effect: AnnounceNearMiss) -> bool:
    """Forget a post that somebody has deleted; it is not posted anew, because it was seen."""
    await posting.forget(transaction, BOARD)
    return False


HANDLER = Handler(
    effect=AnnounceNearMiss,
    port=SLACK,
    lane=lanes.NEAR_MISS_BOARD,
    needs=None,
    max_wait=None,
    coalesces=True,
    what="announce a near miss",
    warns_if_dead=False,  # the list shows it, and doctor says so
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=replaced,
    died=do_nothing,
)
