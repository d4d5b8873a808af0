"""The members of user groups, as Slack last told them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import UserGroupRow
from bot.engine.store.upsert import dialect_of, insert_in


async def of_team(session: AsyncSession, team: str, groups: Collection[str]) -> Sequence[UserGroupRow]:
    """What is stored of these groups."""
    query = select(UserGroupRow).where(UserGroupRow.team_id == team, col(UserGroupRow.group_id).in_(groups))
    return (await session.exec(query)).all()


async def claim(
    session: AsyncSession, team: str, groups: Collection[str], *, now: datetime, until: datetime, limit: int
) -> list[str]:
    """Up to `limit` of these groups that must be read; they are not claimed again before `until`."""
    if new := [
        UserGroupRow(team_id=team, group_id=group, read_again_at=now).model_dump() for group in groups
    ]:
        await execute(session, insert_in(dialect_of(session), UserGroupRow).on_conflict_do_nothing(), new)
    query = (
        select(UserGroupRow)
        .where(
            UserGroupRow.team_id == team,
            col(UserGroupRow.group_id).in_(groups),
            col(UserGroupRow.read_again_at) <= now,
        )
        .order_by(col(UserGroupRow.read_again_at), col(UserGroupRow.group_id))
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    due = (await session.exec(query)).all()
    for row in due:
        row.read_again_at = until
        session.add(row)
    return [row.group_id for row in due]


async def locked(session: AsyncSession, team: str, group: str) -> UserGroupRow | None:
    """What is stored of one group, locked for a change; None if nothing is."""
    query = (
        select(UserGroupRow)
        .where(UserGroupRow.team_id == team, UserGroupRow.group_id == group)
        .with_for_update()
    )
    return (await session.exec(query)).first()
