"""The timelines of the incidents that were merged into another one, as the database keeps them."""

from collections.abc import Sequence

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store import timelines
from bot.engine.store.tables import StreamRow
from bot.engine.store.timelines import StoredFact
from bot.incident.domain import facts
from bot.incident.domain.timeline import Entry
from bot.incident.store.incidents import INCIDENTS

Timelines = Sequence[tuple[int, Sequence[StoredFact]]]


async def merged_timelines(session: AsyncSession, team: str, timeline: Sequence[StoredFact]) -> Timelines:
    """The duplicates' numbers and timelines, with the duplicates of duplicates, not decoded yet.

    Args:
        session: a transaction.
        team: the workspace.
        timeline: the timeline of the incident that they were merged into.
    """
    return await _timelines(session, team, _merged(timeline))


async def merged_histories(
    session: AsyncSession, team: str, numbers: Sequence[int]
) -> list[tuple[int, Sequence[Entry]]]:
    """The same, decoded, for an incident whose duplicates have these numbers."""
    merged = await _timelines(session, team, numbers)
    return [(number, [INCIDENTS.decoded(each) for each in stored]) for number, stored in merged]


async def _timelines(session: AsyncSession, team: str, wanted: Sequence[int]) -> Timelines:
    found: dict[int, Sequence[StoredFact]] = {}
    while wanted:
        rows = await session.exec(
            select(StreamRow.id, StreamRow.number).where(
                *INCIDENTS.of(team), col(StreamRow.number).in_(wanted)
            )
        )
        read = {
            number: await timelines.whole_timeline(session, stream)
            for stream, number in rows.all()
            if stream is not None
        }
        found |= read
        wanted = [each for one in read.values() for each in _merged(one) if each not in found]
    return sorted(found.items())


def _merged(timeline: Sequence[StoredFact]) -> list[int]:
    """The numbers of those that are merged at the end of this timeline."""
    numbers: dict[int, None] = {}
    for fact in timeline:
        if fact.kind == facts.DuplicateMerged.__name__:
            numbers[int(fact.payload["number"])] = None
        elif fact.kind == facts.DuplicateReopened.__name__:
            numbers.pop(int(fact.payload["number"]), None)
    return list(numbers)
