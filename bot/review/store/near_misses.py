"""The near misses that a pack tells."""

from collections.abc import Sequence
from datetime import datetime

from bot.engine.store.database import Session
from bot.followup.domain.near_miss_records import NearMissRecord
from bot.followup.store.near_misses import reported_between, unanswered
from bot.incident.domain.records import Period
from bot.review.domain.pack import PackNearMiss


async def near_misses(session: Session, team: str, period: Period, now: datetime) -> Sequence[PackNearMiss]:
    """Those that were reported in a period, and older ones that wait for an answer at a time (UTC), the earliest first."""
    found = {each.number: each for each in await reported_between(session, team, period.start, period.end)}
    found |= {each.number: each for each in await unanswered(session, team, now)}
    return [
        _packed(each) for each in sorted(found.values(), key=lambda each: (each.reported_at, each.number))
    ]


def _packed(record: NearMissRecord) -> PackNearMiss:
    return PackNearMiss(
        reference=record.reference,
        title=record.words,
        reported_at=record.reported_at,
        waits=record.waits,
        late=record.waits and record.late,
        answer=record.answer,
        promoted_to=record.promoted_to,
        similar=record.similar,
    )
