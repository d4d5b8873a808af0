"""Where single facts were told, so that those messages can be edited if a fact is corrected or struck."""

from collections.abc import Mapping

from bot.engine.delivery import posting
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store.places import OF_FACT
from bot.incident.domain.effects import CatchUp, TellChannel, TellRoom

_IN_ROOM, _IN_THREAD = f"{OF_FACT}room:", f"{OF_FACT}thread:"


def in_room(seq: int) -> str:
    """The name of the place in the war room where this fact was told."""
    return f"{_IN_ROOM}{seq}"


def in_thread(seq: int) -> str:
    """The name of the place in the announcement's thread where this fact was told."""
    return f"{_IN_THREAD}{seq}"


def told_at(place: str) -> int:
    """The number of the fact that was told at the place of this name."""
    return int(place.rpartition(":")[2])


async def remember(
    transaction: DeliveryTransaction, effect: TellRoom | CatchUp, receipt: Mapping[str, str]
) -> None:
    """Store where the facts of an effect were told."""
    name = in_thread if isinstance(effect, TellChannel) else in_room
    for seq in effect.seqs if isinstance(effect, CatchUp) else (effect.seq,):
        await posting.remember(transaction, name(seq), receipt)
