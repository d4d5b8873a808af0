"""Writes down how effects ended: the marks in the outbox, and the data from the receipts, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.delivery.receipts import Receipts
from bot.engine.store import leases, outcomes
from bot.engine.store.tables import EffectRow, EffectState
from bot.ports.port import Begun, Dead, Delivered, Result, Retry

LONGEST_TRY = timedelta(days=1)
TRIES = 100  # at least, because the bot may have been down all day
UNEXPECTED_TRIES = 8  # about two minutes, with the pauses in between
UNWRITABLE = "cannot be written"
UNEXPECTED = "unexpected_error"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """How one try of an effect ended; `effect` is None if it could not even be read.

    Attributes:
        number: the number of the stream, for the log; None if it could not be read.
    """

    row: EffectRow
    effect: Any | None
    result: Result
    number: int | None = None

    @property
    def id(self) -> int:
        """The id of the effect in the outbox."""
        if self.row.id is None:
            raise ValueError("this effect has not been stored yet")
        return self.row.id


async def give_up(session: AsyncSession, worker: str, attempt: Attempt, now: datetime) -> None:
    """Mark the effect as dead and write nothing else, because nothing else can be written. Its lane then continues."""
    row = (await leases.held(session, worker, [attempt.id])).get(attempt.id)
    if row is not None and row.attempts == attempt.row.attempts:
        outcomes.died(row, UNWRITABLE, now)


async def record_attempts(
    session: AsyncSession, receipts: Receipts, worker: str, attempts: Sequence[Attempt], now: datetime
) -> None:
    """Mark these effects. If a lease has ended and another worker has taken over an effect, that worker marks it."""
    if not attempts:
        return
    held = await leases.held(session, worker, [attempt.id for attempt in attempts])
    # A session holds only weak references to rows. They are held here, so that the receipts find them in the session.
    _loaded = await receipts.preload(session, [(attempt.row, attempt.effect) for attempt in attempts])
    # The order is the same everywhere, so that two replicas never wait for each other's streams.
    for attempt in sorted(attempts, key=lambda each: (each.row.stream_id, each.id)):
        row = held.get(attempt.id)
        if row is not None and row.attempts == attempt.row.attempts:
            await _mark(session, receipts, row, attempt, now)


async def _mark(
    session: AsyncSession, receipts: Receipts, row: EffectRow, attempt: Attempt, now: datetime
) -> None:
    effect, result = attempt.effect, attempt.result
    if isinstance(result, Begun):
        outcomes.begun(row, result.progress)
        return
    if isinstance(result, Delivered):
        await receipts.delivered(session, row, effect, result, now)
        outcomes.delivered(row, now)
        return
    if isinstance(result, Retry):
        row.unexpected += result.unexpected
        row.doubt = row.doubt or result.doubt
        if row.unexpected >= UNEXPECTED_TRIES or _has_been_tried_for_long(row, now):
            result = Dead(result.reason)
    if isinstance(result, Retry):
        pause = _pause_before(row.attempts) if result.after is None else result.after
        outcomes.put_off(row, now + pause, result.reason, doubt=result.doubt)
    elif await receipts.is_replaced(session, row, effect, result, now):
        outcomes.put_off(row, now, result.reason, doubt=False)
    else:
        await receipts.died(session, row, effect, result, now)
        mark = outcomes.dropped if receipts.is_gone(row, effect, result) else outcomes.died
        mark(row, result.reason, now)
    log.warning(
        "outbox.not_delivered",
        effect=row.id,
        kind=row.kind,
        incident=attempt.number,
        outcome="retry" if row.state == EffectState.WAITING else "dead",
        reason=result.reason,
        attempt=row.attempts,
    )


def _has_been_tried_for_long(row: EffectRow, now: datetime) -> bool:
    """Whether it has been tried long enough to give up, so that it does not hold up its lane for ever.

    It is then a dead letter, which people are told of and `warroom outbox retry` sends again.
    """
    return row.attempts >= TRIES and now - row.created_at > LONGEST_TRY


def _pause_before(attempt: int) -> timedelta:
    """The pause before a try: one second, two, four … up to a minute."""
    return min(timedelta(seconds=2 ** min(attempt - 1, 10)), outcomes.LONGEST_PAUSE)
