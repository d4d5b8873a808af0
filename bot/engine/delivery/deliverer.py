"""The deliverer: shows the outside world what was committed, however many tries that needs."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from sqlalchemy.exc import SQLAlchemyError
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.clock import Now
from bot.core.clock_jumps import ClockJumps, Timer
from bot.engine.delivery.attempts import UNEXPECTED, UNWRITABLE, Attempt, give_up, record_attempts
from bot.engine.delivery.effect_source import Subjects
from bot.engine.delivery.pacing import Pacing
from bot.engine.delivery.receipts import Receipts
from bot.engine.delivery.sender import Sender
from bot.engine.store import leases
from bot.engine.store.database import Database
from bot.engine.store.errors import TROUBLE, is_away
from bot.engine.store.tables import EffectRow
from bot.ports.port import Perform, Retry

AT_ONCE = 64  # effects in progress at the same time: more would only run into Slack's rate limits
POLL = 1.0  # seconds; effects of other replicas, and retries that are due, wait at most this long

log = structlog.get_logger(__name__)


# What the database, a damaged row, or an incomplete receipt may raise.
_TROUBLE = (SQLAlchemyError, OSError, LookupError, ValueError, TypeError, AttributeError)


class Deliverer:
    """Claims effects and delivers them, at the same time if their lanes allow it.

    It works in turns. A turn writes down what has ended since the last one and claims what may begin now, both in one
    transaction, so that the database sees few commits, however many effects are in progress.

    Args:
        database: where the outbox is.
        team: the workspace whose effects are delivered. The database may hold others, whose effects we must not show.
        subjects: the subjects whose effects are delivered, by name.
        receipts: stores what must be remembered of a delivery.
        performs: the functions that do the calls, each for one outside world, by its key.
        now: returns the time by which leases are held: the database's, so that replicas agree.
        worker: the name under which leases are held.
        woken: set by whoever commits effects, so that the deliverer looks at once.
        polled: called after each look at the outbox, even if no more effects can begin.
        timer: measures how much time passes, independently of the clock.
    """

    def __init__(
        self,
        *,
        database: Database,
        team: str,
        subjects: Subjects,
        receipts: Receipts,
        performs: Mapping[str, Perform],
        now: Now,
        worker: str,
        woken: asyncio.Event,
        polled: Callable[[], None] = lambda: None,
        timer: Timer = time.monotonic,
    ) -> None:
        self._database = database
        self._team = team
        self._subjects = subjects
        self._receipts = receipts
        self._sender = Sender(subjects, performs)
        self._now = now
        self._worker = worker
        self._woken = woken
        self._polled = polled
        self._stopping = False
        self._turns = asyncio.Lock()  # of `drain` and of `run`: each sees what the other has claimed
        self._pacing = Pacing()
        self._jumps = ClockJumps(timer)
        self._jumped = False
        self._under_way: dict[asyncio.Task[Attempt], tuple[EffectRow, Any | None]] = {}
        self._landed: list[Attempt] = []
        self._moment = datetime.min.replace(tzinfo=UTC)  # of the last turn

    async def run(self) -> None:
        """Deliver until `stop`; effects in progress are finished first."""
        while not self._stopping:
            self._woken.clear()
            await self._turn()
            await self._pause()
        if self._under_way:
            await asyncio.wait(list(self._under_way))
        await self._write_last()

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True
        self._woken.set()

    def give_up(self) -> None:
        """Cancel what is in progress; it stays in doubt whether that reached Slack. `run` then ends."""
        for task in self._under_way:
            task.cancel()

    async def drain(self) -> None:
        """Deliver until nothing is left that can be delivered now."""
        self._woken.set()
        while self._woken.is_set() or self._under_way:
            self._woken.clear()
            await self._turn()
            if self._under_way:
                await asyncio.wait(list(self._under_way), return_when=asyncio.FIRST_COMPLETED)

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), POLL)
        except TimeoutError:
            return

    async def _turn(self) -> None:
        """Write down what has ended and begin all that may begin now. More can begin only when something ends or comes."""
        async with self._turns:
            await self._begin()

    async def _begin(self) -> None:
        try:
            now = await self._now()
            rows = await self._write_and_claim(now)
        except TROUBLE as error:
            log.warning("outbox.turn_failed", error=type(error).__name__)  # no database: try again
            return
        self._polled()
        if not rows:
            return
        begun = [(row, self._sender.decoded(row)) for row in rows]
        try:
            async with self._database.reading() as session:
                gathered = await self._sender.gather(session, begun, now)
        except TROUBLE as error:
            self._landed += [
                Attempt(row, effect, Retry(type(error).__name__, after=timedelta(0))) for row, effect in begun
            ]
            return
        for row, effect in begun:
            name = f"deliver {row.kind} {row.id}"
            task = asyncio.create_task(
                self._sender.deliver(row, effect, gathered.get(row.subject)), name=name
            )
            self._under_way[task] = (row, effect)
            task.add_done_callback(self._land)

    async def _write_and_claim(self, now: datetime) -> list[EffectRow]:
        await self._settle(now)
        landed, self._landed = self._landed, []
        self._moment = now
        for attempt in landed:
            self._pace(attempt, now)
        try:
            async with self._database.writing() as session:
                await record_attempts(session, self._receipts, self._worker, landed, now)
                return await self._claim(session, now)
        except _TROUBLE as error:
            if is_away(error):
                self._landed += landed
            if not landed or is_away(error):
                raise
            for attempt in landed:  # one of them causes the error, which must not affect the others
                await self._write_alone(attempt, now)
            async with self._database.writing() as session:
                return await self._claim(session, now)

    async def _settle(self, now: datetime) -> None:
        """If the clock has jumped, correct what it had postponed before anything is claimed by it."""
        if jump := self._jumps.detect(now):
            log.warning("outbox.clock_jumped", seconds=round(jump))
            self._pacing.forget()
            self._jumped = True
        if self._jumped:
            async with self._database.writing() as session:
                await leases.settle(session, self._team, now, leases=True)
            self._jumped = False

    async def _write_last(self) -> None:
        """Write down the last results. If that fails, another worker looks for them after the end of the leases."""
        try:
            async with self._database.writing() as session:
                await record_attempts(session, self._receipts, self._worker, self._landed, await self._now())
        except _TROUBLE as error:
            log.warning("outbox.outcomes_not_written", count=len(self._landed), error=type(error).__name__)

    async def _write_alone(self, attempt: Attempt, now: datetime) -> None:
        """Write down one result. If that fails, it is in doubt, and given up after a few tries: its lane continues."""
        again = replace(attempt, result=Retry(UNWRITABLE, doubt=True, unexpected=True))
        writes: list[Callable[[AsyncSession], Awaitable[None]]] = [
            lambda session: record_attempts(session, self._receipts, self._worker, [attempt], now),
            lambda session: record_attempts(session, self._receipts, self._worker, [again], now),
            lambda session: give_up(session, self._worker, attempt, now),
        ]
        for write in writes:
            try:
                async with self._database.writing() as session:
                    await write(session)
            except _TROUBLE as error:
                if is_away(error):
                    self._landed.append(attempt)
                    return
                log.error("outbox.outcome_not_written", effect=attempt.row.kind, error=type(error).__name__)  # noqa: TRY400  # the traceback would hold what people typed
            else:
                return

    async def _claim(self, session: AsyncSession, now: datetime) -> list[EffectRow]:
        busy = [*(row for row, _ in self._under_way.values()), *(attempt.row for attempt in self._landed)]
        free = AT_ONCE - len(busy)
        if free <= 0:
            return []
        ids = [row.id for row in busy if row.id is not None]
        rows = await leases.claim(
            session, self._team, now, self._worker, free, under_way=ids, without=self._pacing.kinds
        )
        for kind in self._pacing.may_go(now, [row.kind for row in busy]):
            one = await leases.claim(session, self._team, now, self._worker, 1, under_way=ids, only=kind)
            if not one:
                self._pacing.over(kind)
            rows += one
        return rows

    def _pace(self, attempt: Attempt, now: datetime) -> None:
        result = attempt.result
        if attempt.effect is None or not isinstance(result, Retry) or not result.after:
            return
        handler = self._subjects[attempt.row.subject].registry.of(attempt.effect)
        if result.reason == handler.port.limited:
            self._pacing.slow_down(handler.kind, handler.lane, now, now + result.after)

    def _land(self, task: asyncio.Task[Attempt]) -> None:
        row, effect = self._under_way.pop(task)
        self._woken.set()  # what waited behind it in its lane may begin now
        if task.cancelled():
            return
        if error := task.exception():
            # Nobody expected this error. Slack may show the effect all the same, and the error may come back.
            log.error("outbox.delivery_failed", task=task.get_name(), exc_info=error)
            self._landed.append(Attempt(row, effect, Retry(UNEXPECTED, doubt=True, unexpected=True)))
        else:
            self._landed.append(task.result())
            self._pace(task.result(), self._moment)
