"""Send somebody the page of a pack in a direct message."""

from collections.abc import Mapping
from dataclasses import replace

from bot.core.blocks import Message
from bot.core.text import md
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK
from bot.review.domain.board import SendBoardPage
from bot.review.effects import lanes, pages
from bot.review.effects.render_context import RenderContext
from bot.review.views import board_words


def render(effect: SendBoardPage, context: RenderContext) -> Call | None:
    """First a message, because Slack shares files by a channel's id only; then the uploads; then the files."""
    if effect.channel:
        return pages.call(context, effect.channel)
    pack = context.board.pack
    words = md("*{}*: {}", board_words.heading(pack), board_words.summary(pack))
    return Post(effect.person, Message.of(words), context.key)


async def delivered(
    transaction: DeliveryTransaction, effect: SendBoardPage, receipt: Mapping[str, str]
) -> None:
    """Send the files after the message."""
    if receipt and not effect.channel:
        await transaction.put(replace(effect, channel=receipt["channel"]))


HANDLER = Handler(
    effect=SendBoardPage,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="send somebody the page of the review board (`warroom review` writes it)",
    warns_if_dead=False,  # doctor says so
    latest_only=False,
    combine=None,
    lengthy=True,
    reads=None,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
