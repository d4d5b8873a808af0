"""Stores where single facts were told, so that those messages can be edited if a fact is corrected or struck."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import CatchUp, TellChannel, TellRoom
from bot.incident.store import told


async def remember(
    transaction: DeliveryTransaction, effect: TellRoom | CatchUp, receipt: Mapping[str, str]
) -> None:
    """Store where the facts of an effect were told."""
    name = told.in_thread if isinstance(effect, TellChannel) else told.in_room
    for seq in effect.seqs if isinstance(effect, CatchUp) else (effect.seq,):
        await posting.remember(transaction, name(seq), receipt)
