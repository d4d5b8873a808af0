"""The tick: claim the streams at which something is due, and commit the effects.

A restart, a double tick and a long sleep are harmless: the subject records once what was due.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.clock_jumps import ClockJumps, Timer
from bot.engine.store import due_streams, outbox
from bot.engine.store.database import Database
from bot.engine.store.kinds import Kinds
from bot.engine.store.streams import Stored, Streams

HANDS = 2  # batches that run at the same time if there are many
BATCH = 200  # streams per transaction: short enough that a click never waits for the tick


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was due.

    Attributes:
        count: how many new things were recorded.
        effects: the effects that they call for: workspace, id of the stream, effect.
        next_looks: when to look at each stream next (UTC); None if nothing will be due.
    """

    count: int
    effects: Sequence[tuple[str, int, Any]]
    next_looks: Mapping[int, datetime | None]


@dataclass(frozen=True, slots=True)
class DueSource:
    """What the clock needs from a subject.

    Attributes:
        kinds: the kinds of its effects.
        streams: the streams that the clock looks at.
        record: records, in a transaction that has locked these streams, what is due at a time (UTC).
    """

    kinds: Kinds
    streams: Streams[Any, Any]
    record: Callable[[AsyncSession, Sequence[Stored[Any]], datetime], Awaitable[Recorded]]


class DuePoller:
    """Asks each subject what is due.

    Args:
        database: where streams are stored.
        team: the workspace.
        subjects: what the clock needs from each subject.
        committed: called after each commit that added effects.
        timer: measures how much time passes, independently of the clock.
    """

    def __init__(
        self,
        database: Database,
        team: str,
        subjects: Sequence[DueSource],
        committed: Callable[[], None],
        timer: Timer = time.monotonic,
    ) -> None:
        self._database = database
        self._team = team
        self._subjects = subjects
        self._committed = committed
        self._jumps = ClockJumps(timer)
        self._put_off = False

    async def tick(self, now: datetime) -> int:
        """Record what is due at `now`; returns how much was recorded."""
        self._put_off |= self._jumps.detect(now) < 0
        if self._put_off:  # by a clock that was ahead: nobody must wait until that time comes again
            async with self._database.writing() as session:
                for subject in self._subjects:
                    await due_streams.make_all_due(session, subject.streams, self._team, now)
            self._put_off = False
        return sum([await self._all_of(subject, now) for subject in self._subjects])

    async def _all_of(self, subject: DueSource, now: datetime) -> int:
        recorded, is_all = await self._batch(subject, now)
        if is_all:
            return recorded
        # There are many: the next batch is prepared while the database works on this one.
        return recorded + sum(await asyncio.gather(*(self._rest(subject, now) for _ in range(HANDS))))

    async def _rest(self, subject: DueSource, now: datetime) -> int:
        recorded, is_all = await self._batch(subject, now)
        while not is_all:
            more, is_all = await self._batch(subject, now)
            recorded += more
        return recorded

    async def _batch(self, subject: DueSource, now: datetime) -> tuple[int, bool]:
        """Record what is due at some streams; returns how much was recorded, and whether no streams are left."""
        async with self._database.writing() as session:
            claimed = await due_streams.claim_due(session, subject.streams, self._team, now, BATCH)
            recorded = await subject.record(session, claimed, now)
            await outbox.put_all(session, subject.kinds, recorded.effects, now)
            await due_streams.set_next_looks(session, recorded.next_looks)
        if recorded.count:
            self._committed()
        return recorded.count, len(claimed) < BATCH
