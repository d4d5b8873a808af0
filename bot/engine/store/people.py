"""People's names and time zones, so that a postmortem can be written without Slack."""

from collections.abc import Iterable
from functools import cache

from sqlalchemy import bindparam
from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import PersonRow
from bot.engine.store.upsert import dialect_of, insert_in

_KNOWN = select(PersonRow).where(
    col(PersonRow.team_id) == bindparam("team"),
    col(PersonRow.user_id).in_(bindparam("people", expanding=True)),
)


async def known(session: AsyncSession, team: str, people: Iterable[str]) -> dict[str, PersonRow]:
    """The known ones of these people, by id."""
    rows = (await session.exec(_KNOWN, params={"team": team, "people": list(people)})).all()
    return {row.user_id: row for row in rows}


async def names(session: AsyncSession, team: str) -> dict[str, str]:
    """The names of all known people, by id."""
    rows = (await session.exec(select(PersonRow).where(PersonRow.team_id == team))).all()
    return {row.user_id: row.name for row in rows}


async def remember(session: AsyncSession, *persons: PersonRow) -> None:
    """Store people as Slack last described them; two replicas may store the same person at the same time."""
    in_order = sorted(persons, key=lambda person: person.user_id)  # two replicas never wait for each other
    await execute(session, _storing(dialect_of(session)), [person.model_dump() for person in in_order])


@cache
def _storing(dialect: str) -> Insert:
    statement = insert_in(dialect, PersonRow)
    learned = set(PersonRow.model_fields) - {"team_id", "user_id"}
    return statement.on_conflict_do_update(
        index_elements=[col(PersonRow.team_id), col(PersonRow.user_id)],
        set_={name: statement.excluded[name] for name in learned},
    )
