"""The postmortems that are owed, of all times."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.tables import EntryRow, StreamRow
from bot.incident.domain.decider import INCIDENT
from bot.incident.domain.facts import PostmortemOwed
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_state import Stage
from bot.incident.domain.records import Record
from bot.incident.store.incidents import INCIDENTS, UNREADABLE
from bot.review.domain.kinds import Kind, kind_of
from bot.review.domain.pack import OwedPostmortem

_STATE: Any = col(StreamRow.state)
_STAGE = _STATE["postmortem"]["stage"].as_string()
_OPEN = (Stage.DRAFT.value, Stage.REVIEW.value)


async def owed(session: AsyncSession, team: str) -> Sequence[OwedPostmortem]:
    """Those of incidents that are neither private nor drills. A state of another shape is folded, so that none is forgotten."""
    became = select(col(EntryRow.stream_id)).where(
        col(EntryRow.team_id) == team, col(EntryRow.kind) == PostmortemOwed.__name__
    )
    query = select(StreamRow).where(
        *INCIDENTS.of(team),
        ~col(StreamRow.private),
        col(StreamRow.id).in_(became),
        or_(_STATE["shape"].as_string() != str(INCIDENT.shape), _STAGE.in_(_OPEN)),
    )
    found: list[OwedPostmortem] = []
    for row in (await session.exec(query)).all():
        try:
            incident = (await INCIDENTS.restored(session, row)).state
        except UNREADABLE:
            continue
        document = incident.postmortem
        is_drill = kind_of(Record.of(incident)) is Kind.DRILL
        if document.is_owed and document.due_at and not (incident.private or is_drill) and incident.is_closed:
            found.append(_owed(incident))
    return found


def _owed(incident: Incident) -> OwedPostmortem:
    document = incident.postmortem
    if document.due_at is None:
        raise ValueError(f"the postmortem of {incident.reference} is not owed")
    return OwedPostmortem(
        number=incident.number,
        title=incident.title,
        severity=incident.worst,
        due_at=document.due_at,
        writer=incident.postmortem_writer or "",
        stage=document.stage.value,
    )
