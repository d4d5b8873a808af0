"""The names of the places where single facts were told."""

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import places
from bot.engine.store.places import OF_FACT
from bot.incident.store.incidents import INCIDENTS

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


async def of_incident(session: AsyncSession, team: str, number: int) -> frozenset[int]:
    """The numbers of the facts whose messages in the war room can be edited."""
    stored = await INCIDENTS.by_number(session, team, number)
    known = (await places.of_facts(session, [stored.id])).get(stored.id, {}) if stored else {}
    return frozenset(told_at(name) for name in known if name.startswith(_IN_ROOM))
