"""Every effect's handler. Add a new effect here."""

from typing import Any

from bot.engine.delivery.handler import Handler
from bot.engine.delivery.registry import Registry
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.review.domain.board import SUBJECT
from bot.review.effects import post_pack, send_board_page, share_board_page, tell_not_posted


async def _warn(_transaction: DeliveryTransaction, _of: Handler[Any, Any], _reason: str) -> None:
    """Nobody is warned: no effect has `warns_if_dead`, because doctor says what was not shown."""


EFFECTS = Registry(
    SUBJECT,
    (post_pack.HANDLER, share_board_page.HANDLER, send_board_page.HANDLER, tell_not_posted.HANDLER),
    _warn,
)
