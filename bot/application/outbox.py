"""The deliverer: brings Slack up to date with what was committed, however often it has to try."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog
from pydantic import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from bot.application.calls import Call, Dead, Delivered, Perform, Result, Retry
from bot.application.receipts import Receipts
from bot.application.rendering import House, gather, render
from bot.domain.effects import Effect
from bot.store import outbox
from bot.store.codec import decode_effect
from bot.store.database import Database
from bot.store.tables import EffectRow
from bot.views.templates import TemplateBrokenError

AT_ONCE = 32  # effects under way at the same time: more would only meet Slack's rate limits
POLL = 1.0  # seconds; other replicas' effects and retries whose time has come wait at most this long
LONGEST_CALL = outbox.LEASE.total_seconds() * 0.75
LONGEST_PAUSE = timedelta(minutes=1)

Now = Callable[[], Awaitable[datetime]]

log = structlog.get_logger(__name__)


class Deliverer:
    """Claims effects and delivers them, side by side where their lanes allow it.

    Args:
        database: where the outbox is.
        house: policy, templates and channels.
        receipts: what to remember of a delivery.
        perform: does a call to Slack.
        now: the time by which leases are held: the database's, so that replicas agree.
        worker: the name under which leases are held.
        woken: set by whoever commits effects, so that they are looked at at once.
    """

    def __init__(
        self,
        *,
        database: Database,
        house: House,
        receipts: Receipts,
        perform: Perform,
        now: Now,
        worker: str,
        woken: asyncio.Event,
    ) -> None:
        self._database = database
        self._house = house
        self._receipts = receipts
        self._perform = perform
        self._now = now
        self._worker = worker
        self._woken = woken
        self._stopping = False
        self._under_way: dict[asyncio.Task[None], int | None] = {}

    async def run(self) -> None:
        """Deliver until `stop`; what is under way then is finished first."""
        while not self._stopping:
            self._woken.clear()
            if not await self._start_some():
                await self._pause()
        if self._under_way:
            await asyncio.wait(list(self._under_way))

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping = True
        self._woken.set()

    async def drain(self) -> None:
        """Deliver until nothing is left that can be delivered at this moment."""
        self._woken.set()
        while self._woken.is_set() or self._under_way:
            self._woken.clear()
            if not await self._start_some() and self._under_way:
                await asyncio.wait(list(self._under_way), return_when=asyncio.FIRST_COMPLETED)

    async def _pause(self) -> None:
        try:
            await asyncio.wait_for(self._woken.wait(), POLL)
        except TimeoutError:
            return

    async def _start_some(self) -> bool:
        """Claim what may go now and start delivering it; False where there was nothing, or no hand free."""
        free = AT_ONCE - len(self._under_way)
        if free <= 0:
            return False
        try:
            now = await self._now()
            async with self._database.writing() as session:
                rows = await outbox.claim(session, now, self._worker, free, self._ids())
        except (SQLAlchemyError, OSError) as error:
            # The database is away; the next look tries again.
            log.warning("outbox.claim_failed", error=type(error).__name__)
            return False
        for row in rows:
            task = asyncio.create_task(self._deliver(row), name=f"deliver {row.kind} {row.id}")
            self._under_way[task] = row.id
            task.add_done_callback(self._landed)
        return bool(rows)

    def _ids(self) -> list[int]:
        return [row_id for row_id in self._under_way.values() if row_id is not None]

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._under_way.pop(task)
        self._woken.set()  # what waited for this one in its lane may go now
        if not task.cancelled() and (error := task.exception()):
            log.error("outbox.delivery_failed", task=task.get_name(), exc_info=error)

    async def _deliver(self, row: EffectRow) -> None:
        """One effect, from state to Slack and back. Its lease covers every way in which this may end early."""
        effect: Effect | None = None
        try:
            effect = decode_effect(row.kind, row.payload)
            now = await self._now()
            async with self._database.reading() as session:
                scene = await gather(session, row, effect, now)
            call = render(effect, scene, self._house)
        except (TemplateBrokenError, LookupError, ValueError, ValidationError) as error:
            # What a person typed may stand in the error's own text, which would end up in logs.
            told = str(error) if isinstance(error, TemplateBrokenError) else type(error).__name__
            await self._finish(row, effect, Dead(f"cannot be rendered: {told}"))
            return
        result: Result = Delivered() if call is None else await self._call(call, doubt=row.doubt)
        await self._finish(row, effect, result)

    async def _call(self, call: Call, *, doubt: bool) -> Result:
        """However many requests a call takes, it is over before the lease is."""
        try:
            async with asyncio.timeout(LONGEST_CALL):
                return await self._perform(call, doubt)
        except TimeoutError:
            return Retry("took_too_long", doubt=True)

    async def _finish(self, row: EffectRow, effect: Effect | None, result: Result) -> None:
        """The mark and what the receipt tells are one transaction."""
        now = await self._now()
        async with self._database.writing() as session:
            if isinstance(result, Delivered):
                await self._receipts.delivered(session, row, effect, result, now)
                await outbox.delivered(session, row, now)
            elif isinstance(result, Retry):
                until = now + (result.after or _pause_before(row.attempts))
                await outbox.put_off(session, row, until, result.reason, doubt=result.doubt)
            elif await self._receipts.is_replaced(session, row, effect, result):
                await outbox.put_off(session, row, now, result.reason, doubt=False)
            else:
                await self._receipts.died(session, row, effect, result, now)
                await outbox.died(session, row, result.reason, now)
        if not isinstance(result, Delivered):
            log.warning(
                "outbox.not_delivered", effect=row.kind, incident=row.incident_id, reason=result.reason
            )


def _pause_before(attempt: int) -> timedelta:
    """One second, two, four … up to a minute."""
    return min(timedelta(seconds=2 ** min(attempt - 1, 10)), LONGEST_PAUSE)
