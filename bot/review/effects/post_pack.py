"""Post the pack in a channel; its page follows."""

from collections.abc import Mapping

from bot.core.actor import is_person
from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.ports.port import Dead
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK
from bot.review.domain.board import PostPack, ShareBoardPage, TellNotPosted
from bot.review.effects import lanes
from bot.review.effects.render_context import RenderContext
from bot.review.views import board_message


def render(effect: PostPack, context: RenderContext) -> Call | None:
    """The pack as it was made, with people's names of this moment."""
    board, load = context.board, context.installation.policy.load
    message = board_message.posted(board.pack, board.number, context.names, load=load)
    return Post(effect.channel, message, context.key)


async def delivered(transaction: DeliveryTransaction, _effect: PostPack, receipt: Mapping[str, str]) -> None:
    """The page comes after it."""
    if receipt:
        await transaction.put(ShareBoardPage(receipt["channel"]))


async def died(transaction: DeliveryTransaction, effect: PostPack, result: Dead) -> None:
    """Tell whoever wanted it; of what the clock posted, doctor tells."""
    if is_person(effect.by):
        await transaction.put(TellNotPosted(effect.by, effect.channel, result.reason))


HANDLER = Handler(
    effect=PostPack,
    port=SLACK,
    lane=lanes.BOARD,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="post the pack of the review board",
    warns_if_dead=False,  # doctor says so, and whoever wanted it is told
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=never,
    died=died,
)
