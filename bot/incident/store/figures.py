"""The metrics of incidents."""

from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.tables import StreamRow
from bot.incident.domain.vocabulary import Severity
from bot.incident.store.incidents import INCIDENTS


async def open_incidents(session: AsyncSession, team: str, _now: datetime) -> dict[str, int]:
    """The number of open incidents by severity, for every severity. Closed ones cost nothing: see the partial index."""
    query = (
        select(StreamRow.rank, func.count())
        .where(*INCIDENTS.of(team), ~col(StreamRow.closed))
        .group_by(col(StreamRow.rank))
    )
    found = {Severity(severity): count for severity, count in (await session.exec(query)).all()}
    return {severity.label: found.get(severity, 0) for severity in Severity}
