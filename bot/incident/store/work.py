"""What people did in many incidents: only who, when, and with which role."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.actor import is_person
from bot.engine.store.tables import EntryRow, PersonRow, StreamRow
from bot.incident.domain.records import Period
from bot.incident.domain.work import Deed, Duty, Work
from bot.incident.store.records import declared_in

_OF_STREAM = col(EntryRow.stream_id) == col(StreamRow.id)
_DEED: tuple[Any, ...] = (col(StreamRow.number), col(EntryRow.by), col(EntryRow.recorded_at))
_DUTY: tuple[Any, ...] = (
    col(StreamRow.number),
    *(col(EntryRow.payload)[name].as_string() for name in ("person", "role")),
)


async def work(
    session: AsyncSession, team: str, period: Period, conditions: Sequence[ColumnElement[bool]]
) -> Work:
    """What people did in the incidents that were declared in a period; apps and machines are no people.

    Args:
        session: a session.
        team: the workspace.
        period: when the incidents were declared.
        conditions: see `records`.
    """
    wanted = declared_in(team, period, conditions)
    connection = await session.connection()
    deeds = _entries(_DEED, wanted).order_by(col(EntryRow.recorded_at), col(StreamRow.number))
    duties = _entries(_DUTY, wanted).where(col(EntryRow.kind) == "RoleAssigned")
    known = select(col(PersonRow.user_id), col(PersonRow.zone), col(PersonRow.is_bot))
    people = (await connection.execute(known.where(col(PersonRow.team_id) == team))).all()
    apps = {person for person, _, is_bot in people if is_bot}
    return Work(
        deeds=[
            Deed(number, person, at)
            for number, person, at in (await connection.execute(deeds)).all()
            if is_person(person) and person not in apps
        ],
        duties=[Duty(*row) for row in (await connection.execute(duties)).all()],
        zones={person: zone for person, zone, _ in people if zone},
    )


def _entries(columns: tuple[Any, ...], wanted: Select[Any]) -> Select[Any]:
    return select(*columns).join(StreamRow, _OF_STREAM).where(col(EntryRow.stream_id).in_(wanted))
