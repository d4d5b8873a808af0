"""The people of each open incident: a copy from the states, for queries."""

from sqlalchemy import insert
from sqlmodel import col, delete
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import MemberRow
from bot.incident.domain.incident import Incident

_ADD = insert(MemberRow)


async def project(
    session: AsyncSession, team: str, stream_id: int, before: Incident | None, after: Incident
) -> None:
    """Update the rows after a change of an incident; mostly there is nothing to do."""
    had, has = _members(before), _members(after)
    if had == has:
        return
    gone = [person for person in had if has.get(person) != had[person]]
    if gone:
        rows = (col(MemberRow.stream_id) == stream_id, col(MemberRow.person).in_(gone))
        await session.exec(delete(MemberRow).where(*rows))
    new = [
        {"stream_id": stream_id, "person": person, "team_id": team, "responds": responds}
        for person, responds in has.items()
        if had.get(person) != responds
    ]
    if new:
        await execute(session, _ADD, new)


def _members(incident: Incident | None) -> dict[str, bool]:
    """Each person of an open incident, and whether they have a duty; a closed incident has no rows."""
    if incident is None or incident.is_closed:
        return {}
    return {person: incident.has_duty(person) for person in incident.people}
