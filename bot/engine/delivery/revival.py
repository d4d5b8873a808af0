"""What was refused for good is tried again: by hand, or because its channel is open again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.delivery.handler import Handler
from bot.engine.delivery.registry import Registry
from bot.engine.store import codec, outbox
from bot.engine.store.kinds import WARN
from bot.engine.store.revival import wake
from bot.engine.store.tables import EffectRow

Registries = Mapping[str, Registry]  # by subject
Wanted = Callable[[EffectRow], bool]


def handler_of(registries: Registries, row: EffectRow) -> Handler[Any, Any] | None:
    """The handler of what is in this row; None where this release does not know the kind."""
    registry = registries.get(row.subject)
    return registry.by_kind(row.kind) if registry else None


async def revive(
    session: AsyncSession,
    registries: Registries,
    team: str,
    now: datetime,
    wanted: Wanted = lambda _: True,
) -> int:
    """Give dead effects of a workspace another try; returns how many there were, warnings left out.

    Warnings are let go: what they warn of is tried again, and warned of anew where that fails. What people were to be
    told is told in one message, with its times, where the first of it stood.

    Args:
        session: the transaction in which they are woken.
        registries: of all subjects.
        team: the workspace.
        now: the time (UTC).
        wanted: which of the dead ones.
    """
    dead = [row for row in await outbox.dead(session, team) if wanted(row)]
    told: dict[tuple[Any, ...], list[EffectRow]] = {}
    latest: dict[tuple[str, str], EffectRow] = {}
    for row in dead:
        handler = handler_of(registries, row)
        if row.kind == WARN:
            outbox.dropped(row, row.error, now)
        elif handler and handler.together and not row.doubt:  # one in doubt is looked for by its own key
            told.setdefault((row.stream_id, handler.together), []).append(row)
        else:
            if handler and handler.latest_only and (earlier := latest.get((row.lane, row.kind))):
                outbox.dropped(earlier, "superseded", now)
            latest[row.lane, row.kind] = row
            _wake(row, handler)
    for (_, together), rows in told.items():
        _tell_together(registries[rows[0].subject], together, rows, now)
    session.add_all(dead)
    return sum(row.kind != WARN for row in dead)


def _wake(row: EffectRow, handler: Handler[Any, Any] | None) -> None:
    if handler and row.error in handler.port.begun_in_vain:
        row.progress = {}
    wake(row)


def _tell_together(
    registry: Registry, together: Callable[[Sequence[Any]], Any], rows: Sequence[EffectRow], now: datetime
) -> None:
    """Have the first of a stream say what all of them would have said."""
    first, *others = rows
    effect = together([registry.decode(row.kind, row.payload) for row in rows])
    first.kind, first.payload = type(effect).__name__, codec.encode(effect)
    wake(first)
    for row in others:
        outbox.dropped(row, "told together with others", now)
