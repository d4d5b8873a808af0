"""Tries dead effects again: by hand, or because their channel is open again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.delivery.handler import Handler
from bot.engine.delivery.registry import Registry
from bot.engine.store import codec, outbox, outcomes
from bot.engine.store.kinds import WARN
from bot.engine.store.tables import EffectRow, EffectState

Registries = Mapping[str, Registry]  # by subject
Wanted = Callable[[EffectRow], bool]


def handler_of(registries: Registries, row: EffectRow) -> Handler[Any, Any] | None:
    """The handler of the effect in this row; None if this release does not know the kind."""
    registry = registries.get(row.subject)
    return registry.by_kind(row.kind) if registry else None


async def retry_dead_letters(
    session: AsyncSession,
    registries: Registries,
    team: str,
    now: datetime,
    wanted: Wanted = lambda _: True,
) -> int:
    """Try the dead effects of a workspace again; returns how many there were, without warnings.

    Warnings are dropped: what they warn of is tried again, and a new warning follows if that fails. What people missed
    is said in one message, with its times, at the place of the first missed message.

    Args:
        session: the transaction in which they are woken.
        registries: the registries of all subjects.
        team: the workspace.
        now: the time (UTC).
        wanted: selects from the dead effects.
    """
    dead = [row for row in await outbox.dead(session, team) if wanted(row)]
    combined: dict[tuple[Any, ...], list[EffectRow]] = {}
    latest: dict[tuple[str, str], EffectRow] = {}
    for row in dead:
        handler = handler_of(registries, row)
        if row.kind == WARN:
            outcomes.dropped(row, row.error, now)
        elif handler and handler.combine and not row.doubt:  # one in doubt is found by its own key
            combined.setdefault((row.stream_id, handler.combine), []).append(row)
        else:
            if handler and handler.latest_only and (earlier := latest.get((row.lane, row.kind))):
                outcomes.dropped(earlier, "superseded", now)
            latest[row.lane, row.kind] = row
            _wake(row, handler)
    for (_, combine), rows in combined.items():
        _tell_together(registries[rows[0].subject], combine, rows, now)
    session.add_all(dead)
    return sum(row.kind != WARN for row in dead)


def _wake(row: EffectRow, handler: Handler[Any, Any] | None) -> None:
    """Make a dead effect wait for another try."""
    if handler and row.error in handler.port.begun_in_vain:
        row.progress = {}
    row.state, row.due_at, row.attempts, row.unexpected = EffectState.WAITING, outcomes.AT_ONCE, 0, 0


def _tell_together(
    registry: Registry, combine: Callable[[Sequence[Any]], Any], rows: Sequence[EffectRow], now: datetime
) -> None:
    """Replace the first effect of a stream by one that says what all of them would have said."""
    first, *others = rows
    effect = combine([registry.decode(row.kind, row.payload) for row in rows])
    first.kind, first.payload = type(effect).__name__, codec.encode(effect)
    _wake(first, registry.by_kind(first.kind))
    for row in others:
        outcomes.dropped(row, "told together with others", now)
