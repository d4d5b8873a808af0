"""Stores where single facts were told, so that those messages can be edited if a fact is corrected or struck."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import CatchUp, TellChannel, TellRoom
from bot.incident.store import told


async def told_by_message(
    transaction: DeliveryTransaction, effect: TellRoom, receipt: Mapping[str, str]
) -> None:
    """Store where a message tells the facts of an act."""
    name = told.in_thread if isinstance(effect, TellChannel) else told.in_room
    for seq in effect.told:
        await posting.remember(transaction, name(seq), receipt)


async def told_later(transaction: DeliveryTransaction, effect: CatchUp, receipt: Mapping[str, str]) -> None:
    """Store where facts were told together, because they could not be told when they happened."""
    for seq in effect.seqs:
        await posting.remember(transaction, told.later(seq), receipt)
