"""The names of the places where single facts were told."""

from collections.abc import Mapping

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import places, timelines
from bot.engine.store.places import OF_FACT
from bot.engine.store.tables import PlaceRow
from bot.incident.domain import facts
from bot.incident.store.incidents import INCIDENTS

_IN_ROOM, _IN_THREAD, _LATER = f"{OF_FACT}room:", f"{OF_FACT}thread:", f"{OF_FACT}later:"
_NAMING = (facts.Declared.__name__, facts.Renamed.__name__)
_FURTHER, _DIRECT = f"{OF_FACT}further:", f"{OF_FACT}direct:"


def in_room(seq: int) -> str:
    """The name of the place in the war room where this fact was told."""
    return f"{_IN_ROOM}{seq}"


def in_thread(seq: int) -> str:
    """The name of the place in the announcement's thread where this fact was told."""
    return f"{_IN_THREAD}{seq}"


def in_further_thread(seq: int, channel: str) -> str:
    """The name of the place in the announcement's thread in a further channel where this fact was told."""
    return f"{_FURTHER}{channel}:{seq}"


def directly(seq: int, person: str) -> str:
    """The name of the place in the direct messages with a subscriber where this fact was told."""
    return f"{_DIRECT}{person}:{seq}"


async def with_words_of(session: AsyncSession, stream_id: int, seq: int) -> list[tuple[str, int]]:
    """The direct messages to subscribers that show words of this fact: the person, and a fact that the message tells.

    They are those that tell it; for a title all, because each names the incident as it was called then.
    """
    known = (await places.of_facts(session, [stream_id])).get(stream_id, {})
    found = await timelines.single_facts(session, {(stream_id, seq)})
    names_it = any(each.kind in _NAMING for each in found.values())
    messages = {
        (row.channel, row.ts): (name.removeprefix(_DIRECT).rpartition(":")[0], told_at(name))
        for name, row in known.items()
        if name.startswith(_DIRECT) and (names_it or told_at(name) == seq)
    }
    return list(messages.values())


def later(seq: int) -> str:
    """The name of the place in the war room where this fact was told later, together with others."""
    return f"{_LATER}{seq}"


def told_at(place: str) -> int:
    """The number of the fact that was told at the place of this name."""
    return int(place.rpartition(":")[2])


def together(places_by_name: Mapping[str, PlaceRow], at: PlaceRow) -> set[int]:
    """The numbers of all facts that the message at this place tells."""
    return {
        told_at(name)
        for name, row in places_by_name.items()
        if name.startswith(OF_FACT) and (row.channel, row.ts) == (at.channel, at.ts)
    }


async def of_incident(session: AsyncSession, team: str, number: int) -> frozenset[int]:
    """The numbers of the facts whose messages in the war room can be edited."""
    stored = await INCIDENTS.by_number(session, team, number)
    known = (await places.of_facts(session, [stored.id])).get(stored.id, {}) if stored else {}
    return frozenset(told_at(name) for name in known if name.startswith((_IN_ROOM, _LATER)))
