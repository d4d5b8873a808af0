"""The services that each incident affects, open or closed: a copy from the states, for queries."""

from collections.abc import Collection

from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.engine.store.statements import execute
from bot.engine.store.tables import AffectedServiceRow
from bot.engine.store.upsert import dialect_of, insert_in
from bot.incident.domain.incident import Incident


async def project(
    session: AsyncSession, team: str, stream_id: int, before: Incident | None, after: Incident
) -> None:
    """Update the rows after a change of an incident; mostly there is nothing to do."""
    had, has = set(before.services) if before else set(), set(after.services)
    if gone := had - has:
        await session.exec(
            delete(AffectedServiceRow).where(
                col(AffectedServiceRow.team_id) == team,
                col(AffectedServiceRow.service).in_(gone),
                col(AffectedServiceRow.stream_id) == stream_id,
            )
        )
    if new := has - had:
        rows = [{"team_id": team, "service": key, "stream_id": stream_id} for key in sorted(new)]
        await execute(
            session, insert_in(dialect_of(session), AffectedServiceRow).on_conflict_do_nothing(), rows
        )


def affecting(team: str, services: Collection[str]) -> SelectOfScalar[int]:
    """The ids of the incidents that affect one of these services, by the services' keys."""
    return select(col(AffectedServiceRow.stream_id)).where(
        col(AffectedServiceRow.team_id) == team, col(AffectedServiceRow.service).in_(services)
    )
