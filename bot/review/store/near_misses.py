"""How near misses are read, which are another subject's."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from bot.engine.store.database import Session
from bot.followup.store import near_misses
from bot.incident.domain.records import Period
from bot.review.domain.pack import PackNearMiss

# Reads those of a workspace that were reported in a period, and older ones that wait for an answer, at a time (UTC).
# None if nobody reads them. Only what everybody in the workspace may see.
ReadNearMisses = Callable[[Session, str, Period, datetime], Awaitable[Sequence[PackNearMiss] | None]]


class NearMissRecord(Protocol):
    """What a pack needs of the record of a near miss. All times are in UTC."""

    @property
    def reference(self) -> str: ...  # noqa: D102  # see `PackNearMiss`
    @property
    def words(self) -> str: ...  # noqa: D102
    @property
    def reported_at(self) -> datetime: ...  # noqa: D102
    @property
    def waits(self) -> bool: ...  # noqa: D102
    @property
    def late(self) -> bool: ...  # noqa: D102
    @property
    def answer(self) -> str: ...  # noqa: D102


Reported = Callable[[Session, str, datetime, datetime], Awaitable[Sequence[NearMissRecord]]]
Unanswered = Callable[[Session, str, datetime], Awaitable[Sequence[NearMissRecord]]]


def near_misses_of(reported: Reported, unanswered: Unanswered) -> ReadNearMisses:
    """Reads both, each near miss once, the earliest first.

    Args:
        reported: reads those that were reported from a time until before another.
        unanswered: reads all that wait for an answer at a time.
    """

    async def read(
        session: Session, team: str, period: Period, now: datetime
    ) -> Sequence[PackNearMiss] | None:
        found = {each.reference: each for each in await reported(session, team, period.start, period.end)}
        found |= {each.reference: each for each in await unanswered(session, team, now)}
        return [_packed(each) for each in sorted(found.values(), key=lambda each: each.reported_at)]

    return read


def _packed(record: NearMissRecord) -> PackNearMiss:
    return PackNearMiss(
        reference=record.reference,
        words=record.words,
        reported_at=record.reported_at,
        waits=record.waits,
        late=record.waits and record.late,
        answer=record.answer,
    )


NEAR_MISSES = near_misses_of(near_misses.reported_between, near_misses.unanswered)
