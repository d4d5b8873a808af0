"""What people have typed in a form and not sent yet, so that it is there when they open the form again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import DraftRow
from bot.engine.store.upsert import dialect_of, insert_in

UPDATE = "update"  # the form that most drafts are of


@dataclass(frozen=True, slots=True)
class DraftKey:
    """Whose draft it is, about which incident, and of which of its forms."""

    team: str
    person: str
    number: int
    form: str = UPDATE


async def keep(session: AsyncSession, key: DraftKey, fields: Mapping[str, str], now: datetime) -> None:
    """Keep what is in the form now. What was typed later stays, in whatever order it arrives."""
    row = {
        "team_id": key.team,
        "person": key.person,
        "number": key.number,
        "form": key.form,
        "fields": dict(fields),
        "typed_at": now,
    }
    await execute(session, _keeping(dialect_of(session)), row)


async def of(session: AsyncSession, key: DraftKey) -> DraftRow | None:
    """What was typed, and when; None if nothing was."""
    return await session.get(DraftRow, (key.team, key.person, key.number, key.form))


async def of_incident(
    session: AsyncSession, team: str, person: str, number: int
) -> dict[str, Mapping[str, str]]:
    """What a person has typed about an incident in any form, by the name of the form."""
    theirs = (col(DraftRow.team_id) == team, col(DraftRow.person) == person, col(DraftRow.number) == number)
    return {row.form: row.fields for row in (await session.exec(select(DraftRow).where(*theirs))).all()}


async def forget(session: AsyncSession, key: DraftKey) -> None:
    """Delete a draft."""
    await session.exec(
        delete(DraftRow).where(
            col(DraftRow.team_id) == key.team,
            col(DraftRow.person) == key.person,
            col(DraftRow.number) == key.number,
            col(DraftRow.form) == key.form,
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
        index_elements=[getattr(DraftRow, name) for name in ("team_id", "person", "number", "form")],
        set_={name: statement.excluded[name] for name in ("fields", "typed_at")},
        where=col(DraftRow.typed_at) <= statement.excluded["typed_at"],
    )
