"""The handler of every effect of near misses. Add a new effect here."""

from typing import Any

from bot.engine.delivery.handler import Handler
from bot.engine.delivery.registry import Registry
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.followup.domain.near_miss import SUBJECT
from bot.followup.effects import announce_near_miss, remind_of_near_miss, tell_reporter


async def _warn(_transaction: DeliveryTransaction, _of: Handler[Any, Any], _reason: str) -> None:
    """Nobody is warned: no effect has `warns_if_dead`, because doctor and the lists say what was not shown."""


NEAR_MISS_EFFECTS = Registry(
    SUBJECT, (announce_near_miss.HANDLER, remind_of_near_miss.HANDLER, tell_reporter.HANDLER), _warn
)
