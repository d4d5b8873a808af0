"""How near misses are read, which are another subject's: `app.py` hands it over."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from bot.engine.store.database import Session
from bot.incident.domain.records import Period
from bot.review.domain.pack import PackNearMiss

# Reads those of a workspace that were reported in a period, and older ones that wait for an answer, at a time (UTC).
# None if nobody reads them. Only what everybody may see.
ReadNearMisses = Callable[[Session, str, Period, datetime], Awaitable[Sequence[PackNearMiss] | None]]


async def no_near_misses(
    _session: Session, _team: str, _period: Period, _now: datetime
) -> Sequence[PackNearMiss] | None:
    """Where there are none to read."""
    return None
