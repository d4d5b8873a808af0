"""What people have typed in the update form and not posted yet, so that it is there when they open the form again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import DraftRow
from bot.engine.store.upsert import dialect_of, insert_in


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Whose draft it is, and of which incident's update."""

    team: str
    person: str
    number: int


async def keep(session: AsyncSession, key: DraftKey, fields: Mapping[str, str], now: datetime) -> None:
    """Keep what is in the form now. What was typed later stays, in whatever order it arrives."""
    row = {
        "team_id": key.team,
        "person": key.person,
        "number": key.number,
        "fields": dict(fields),
        "typed_at": now,
    }
    await execute(session, _keeping(dialect_of(session)), row)


async def of(session: AsyncSession, key: DraftKey) -> DraftRow | None:
    """What was typed, and when; None if nothing was."""
    return await session.get(DraftRow, (key.team, key.person, key.number))


async def forget(session: AsyncSession, key: DraftKey) -> None:
    """Delete a draft."""
    await session.exec(
        delete(DraftRow).where(
            col(DraftRow.team_id) == key.team,
            col(DraftRow.person) == key.person,
            col(DraftRow.number) == key.number,
        )
    )


async def forget_before(session: AsyncSession, team: str, at: datetime) -> int:
    """Delete the drafts of a workspace that nobody has touched since a time (UTC); returns how many. They are few."""
    gone = delete(DraftRow).where(col(DraftRow.team_id) == team, col(DraftRow.typed_at) < at)
    return (await session.exec(gone)).rowcount


@cache
def _keeping(dialect: str) -> Insert:
    statement = insert_in(dialect, DraftRow)
    return statement.on_conflict_do_update(
        index_elements=[col(DraftRow.team_id), col(DraftRow.person), col(DraftRow.number)],
        set_={name: statement.excluded[name] for name in ("fields", "typed_at")},
        where=col(DraftRow.typed_at) <= statement.excluded["typed_at"],
    )
