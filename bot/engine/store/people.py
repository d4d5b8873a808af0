"""People's names and time zones, so that a postmortem can be written without Slack."""

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.tables import PersonRow
from bot.engine.store.upsert import insert_into


async def known(session: AsyncSession, team: str, people: Iterable[str]) -> dict[str, PersonRow]:
    """The known ones of these people, by id."""
    query = select(PersonRow).where(PersonRow.team_id == team, col(PersonRow.user_id).in_(list(people)))
    return {row.user_id: row for row in (await session.exec(query)).all()}


async def names(session: AsyncSession, team: str) -> dict[str, str]:
    """The names of all known people, by id."""
    rows = (await session.exec(select(PersonRow).where(PersonRow.team_id == team))).all()
    return {row.user_id: row.name for row in rows}


async def remember(session: AsyncSession, person: PersonRow) -> None:
    """Store a person as Slack last described them; two replicas may store the same person at the same time."""
    told = person.model_dump()
    learned = {name: value for name, value in told.items() if name not in {"team_id", "user_id"}}
    statement = insert_into(session, PersonRow).values(told)
    await session.exec(statement.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=learned))
