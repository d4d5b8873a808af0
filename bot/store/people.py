"""People's names and time zones, so that a postmortem can be written with no Slack at hand."""

from collections.abc import Iterable

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.store.tables import PersonRow


async def known(session: AsyncSession, team: str, people: Iterable[str]) -> dict[str, PersonRow]:
    """Those of these people who are known, by id."""
    query = select(PersonRow).where(PersonRow.team_id == team, col(PersonRow.user_id).in_(list(people)))
    return {row.user_id: row for row in (await session.exec(query)).all()}


async def names(session: AsyncSession, team: str) -> dict[str, str]:
    """Everybody's name by id."""
    rows = (await session.exec(select(PersonRow).where(PersonRow.team_id == team))).all()
    return {row.user_id: row.name for row in rows}


async def remember(session: AsyncSession, person: PersonRow) -> None:
    """Store what Slack told last."""
    await session.merge(person)
