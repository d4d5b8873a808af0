"""How effects fared: the marks in the outbox and what the receipts tell, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.delivery.receipts import Receipts
from bot.engine.store import outbox
from bot.engine.store.tables import EffectRow, EffectState
from bot.ports.port import Begun, Dead, Delivered, Result, Retry

LONGEST_TRY = timedelta(days=1)
TRIES = 100  # at least, for a bot may have been down for the whole day
UNEXPECTED_TRIES = 8  # about two minutes, with the pauses in between
UNWRITABLE = "cannot be written"
UNEXPECTED = "unexpected_error"

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Attempt:
    """How one try of an effect ended; `effect` is None where it could not even be read.

    Attributes:
        number: the stream's, for the log; None where it could not be read.
    """

    row: EffectRow
    effect: Any | None
    result: Result
    number: int | None = None

    @property
    def id(self) -> int:
        """The effect's id in the outbox."""
        if self.row.id is None:
            raise ValueError("this effect has not been stored yet")
        return self.row.id


async def give_up(session: AsyncSession, worker: str, attempt: Attempt, now: datetime) -> None:
    """Nothing about it can be written but that it is dead: then at least its lane goes on."""
    row = (await outbox.held(session, worker, [attempt.id])).get(attempt.id)
    if row is not None and row.attempts == attempt.row.attempts:
        outbox.died(row, UNWRITABLE, now)


async def write_down(
    session: AsyncSession, receipts: Receipts, worker: str, attempts: Sequence[Attempt], now: datetime
) -> None:
    """Mark these effects. One whose lease was over, and which somebody else has taken over, is theirs to mark."""
    if not attempts:
        return
    held = await outbox.held(session, worker, [attempt.id for attempt in attempts])
    # Held here, because a session holds only weakly what nobody else does: the receipts find it there.
    _loaded = await receipts.preload(session, [(attempt.row, attempt.effect) for attempt in attempts])
    # In the same order everywhere, so that two replicas never wait for each other's streams.
    for attempt in sorted(attempts, key=lambda each: (each.row.stream_id, each.id)):
        row = held.get(attempt.id)
        if row is not None and row.attempts == attempt.row.attempts:
            await _mark(session, receipts, row, attempt, now)


async def _mark(
    session: AsyncSession, receipts: Receipts, row: EffectRow, attempt: Attempt, now: datetime
) -> None:
    effect, result = attempt.effect, attempt.result
    if isinstance(result, Begun):
        outbox.begun(row, result.progress)
        return
    if isinstance(result, Delivered):
        await receipts.delivered(session, row, effect, result, now)
        outbox.delivered(row, now)
        return
    if isinstance(result, Retry):
        row.unexpected += result.unexpected
        row.doubt = row.doubt or result.doubt
        if row.unexpected >= UNEXPECTED_TRIES or _has_been_tried_for_long(row, now):
            result = Dead(result.reason)
    if isinstance(result, Retry):
        pause = _pause_before(row.attempts) if result.after is None else result.after
        outbox.put_off(row, now + pause, result.reason, doubt=result.doubt)
    elif await receipts.is_replaced(session, row, effect, result, now):
        outbox.put_off(row, now, result.reason, doubt=False)
    else:
        await receipts.died(session, row, effect, result, now)
        mark = outbox.dropped if receipts.is_gone(row, effect, result) else outbox.died
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
    """What Slack puts off for ever would hold up its lane for ever; told and listed, it can be sent again."""
    return row.attempts >= TRIES and now - row.created_at > LONGEST_TRY


def _pause_before(attempt: int) -> timedelta:
    """One second, two, four … up to a minute."""
    return min(timedelta(seconds=2 ** min(attempt - 1, 10)), outbox.LONGEST_PAUSE)
