"""The latest reminder of each person: one a day at most, and one message, however much is due."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import ActionReminderRow
from bot.engine.store.upsert import dialect_of, insert_in


async def claim(
    session: AsyncSession, team: str, people: Iterable[tuple[str, date]], now: datetime
) -> set[str]:
    """Record that these people are reminded on their own days; returns those who were not reminded that day yet."""
    rows = [{"team_id": team, "person": person, "day": day, "at": now} for person, day in sorted(people)]
    claimed = set()
    for row in rows:  # one by one, in the order of their ids, so that two replicas never wait for each other
        found = await execute(session, _claiming(dialect_of(session)), row)
        claimed |= {each.person for each in found}
    return claimed


async def of_person(session: AsyncSession, team: str, person: str) -> ActionReminderRow | None:
    """The latest reminder of a person; None if they never were reminded."""
    return await session.get(ActionReminderRow, (team, person))


@cache
def _claiming(dialect: str) -> ReturningInsert[Any]:
    statement = insert_in(dialect, ActionReminderRow)
    return statement.on_conflict_do_update(
        index_elements=[col(ActionReminderRow.team_id), col(ActionReminderRow.person)],
        set_={name: statement.excluded[name] for name in ("day", "at")},
        where=col(ActionReminderRow.day) != statement.excluded["day"],
    ).returning(col(ActionReminderRow.person))
