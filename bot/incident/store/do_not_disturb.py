"""When commanders are in do-not-disturb, and when to read it again."""

from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import bindparam
from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import DoNotDisturbRow
from bot.engine.store.upsert import dialect_of, insert_in
from bot.incident.domain.do_not_disturb import Stretch

LEASE = timedelta(minutes=10)  # how long a reading that was asked for may take
MOST = 20  # readings a tick; Slack allows fifty a minute (dnd.info is of tier 3)

_IS_DUE = (
    col(DoNotDisturbRow.team_id) == bindparam("team"),
    col(DoNotDisturbRow.look_at).is_not(None),
    col(DoNotDisturbRow.look_at) <= bindparam("now"),
)
_ANY_DUE = select(DoNotDisturbRow.person).where(*_IS_DUE).limit(1)
_DUE = (
    select(DoNotDisturbRow)
    .where(*_IS_DUE)
    .order_by(col(DoNotDisturbRow.look_at))
    .limit(MOST)
    .with_for_update(skip_locked=True)
)


async def remember(
    session: AsyncSession, team: str, person: str, stretch: Stretch | None, now: datetime
) -> None:
    """Store the present or next stretch, and read it again when it begins and when it ends."""
    row = DoNotDisturbRow(
        team_id=team,
        person=person,
        starts_at=stretch.start if stretch else None,
        ends_at=stretch.end if stretch else None,
        look_at=stretch.look_at(now) if stretch else None,
    )
    await execute(session, _storing(dialect_of(session)), row.model_dump())


async def is_any_due(session: AsyncSession, team: str, now: datetime) -> bool:
    """Whether there is anything to claim: most of the time there is not, and to know it needs no turn to write."""
    return (await session.exec(_ANY_DUE, params={"team": team, "now": now})).first() is not None


async def claim(session: AsyncSession, team: str, now: datetime) -> list[str]:
    """The people whose do-not-disturb must be read; they are not claimed again before the lease ends."""
    rows = (await session.exec(_DUE, params={"team": team, "now": now})).all()
    for row in rows:
        row.look_at = now + LEASE
        session.add(row)
    return [row.person for row in rows]


async def forget(session: AsyncSession, team: str, person: str) -> None:
    """Do not follow this person any more."""
    if row := await session.get(DoNotDisturbRow, (team, person)):
        await session.delete(row)


@cache
def _storing(dialect: str) -> Insert:
    statement = insert_in(dialect, DoNotDisturbRow)
    return statement.on_conflict_do_update(
        index_elements=[col(DoNotDisturbRow.team_id), col(DoNotDisturbRow.person)],
        set_={name: statement.excluded[name] for name in ("starts_at", "ends_at", "look_at")},
    )
