"""Stores where single facts were told, so that those messages can be edited if a fact is corrected or struck."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import CatchUp, TellChannel, TellRoom, TellSubscriber, TellThread
from bot.incident.store import told


async def told_by_message(
    transaction: DeliveryTransaction, effect: TellRoom, receipt: Mapping[str, str]
) -> None:
    """Store where a message tells the facts of an act."""
    for seq in effect.told:
        await posting.remember(transaction, _place(effect, seq), receipt)


def _place(effect: TellRoom, seq: int) -> str:
    match effect:
        case TellChannel():
            return told.in_thread(seq)
        case TellThread():
            return told.in_further_thread(seq, effect.channel)
        case TellSubscriber():
            return told.directly(seq, effect.person)
        case _:
            return told.in_room(seq)


async def told_later(transaction: DeliveryTransaction, effect: CatchUp, receipt: Mapping[str, str]) -> None:
    """Store where facts were told together, because they could not be told when they happened."""
    for seq in effect.seqs:
        await posting.remember(transaction, told.later(seq), receipt)
