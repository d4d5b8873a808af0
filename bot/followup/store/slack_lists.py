"""The list of action items in Slack: where it is, which row is whose, and what it does not show as it should."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import ActionItemRow, SlackListItemRow, SlackListRow, StreamRow
from bot.engine.store.upsert import dialect_of, insert_in

AGAIN = timedelta(days=1)  # after which it is tried again if Slack has refused
NEW_AFTER = timedelta(hours=1)  # no list is made sooner after another one


async def claim(session: AsyncSession, team: str, *, now: datetime, every: timedelta) -> SlackListRow | None:
    """Claim the next look after the list, if it is due at `now` (UTC); nobody else gets it before `every` has passed."""
    new = SlackListRow(team_id=team, next_at=now)
    await execute(
        session, insert_in(dialect_of(session), SlackListRow).on_conflict_do_nothing(), [new.model_dump()]
    )
    query = (
        select(SlackListRow)
        .where(SlackListRow.team_id == team, col(SlackListRow.next_at) <= now)
        .with_for_update(skip_locked=True)
    )
    row = (await session.exec(query)).first()
    if row:
        row.next_at = now + every
        session.add(row)
    return row


async def of_team(session: AsyncSession, team: str) -> SlackListRow | None:
    """The list of a workspace; None if none was wanted yet."""
    return await session.get(SlackListRow, team)


async def locked(session: AsyncSession, team: str) -> SlackListRow:
    """The same, locked for a change.

    Raises:
        LookupError: none was wanted yet.
    """
    row = await session.get(SlackListRow, team, with_for_update=True, populate_existing=True)
    if row is None:
        raise LookupError("no list was wanted yet")
    return row


async def of_stream(session: AsyncSession, stream_id: int) -> SlackListItemRow | None:
    """The row of an action item; None if it had none yet."""
    return await session.get(SlackListItemRow, stream_id)


async def put(session: AsyncSession, row: SlackListItemRow) -> None:
    """Store the row of an action item."""
    await session.merge(row)


def refuse(row: SlackListRow, reason: str, now: datetime) -> None:
    """Write down that Slack does not take it as things are; it is tried again tomorrow."""
    row.trouble, row.next_at = reason, now + AGAIN


def lose(row: SlackListRow, now: datetime) -> None:
    """Write down that it is gone; another one is made, but not one after the other."""
    row.next_at = max(now, row.created_at + NEW_AFTER) if row.created_at else now
    row.list_id, row.columns, row.shared_in, row.created_at, row.trouble = "", {}, "", None, ""


async def try_again(session: AsyncSession, team: str, now: datetime) -> None:
    """Look after it at once, and try what Slack has refused."""
    query = update(SlackListRow).where(col(SlackListRow.team_id) == team, col(SlackListRow.trouble) != "")
    await session.exec(query.values(next_at=now))
    rows = update(SlackListItemRow).where(col(SlackListItemRow.team_id) == team)
    await session.exec(rows.values(trouble=""))


async def wrong(session: AsyncSession, team: str, list_id: str, limit: int) -> Sequence[int]:
    """The streams of up to `limit` items whose rows are not as they should be, and whose last change was not refused.

    Most changes are shown at once. Left are those from before the list, from while it could not be written, and items of
    incidents that have become private.
    """
    own, of = aliased(StreamRow), aliased(StreamRow)
    is_wanted = and_(col(ActionItemRow.is_open), ~col(own.private), ~col(of.private))
    shown = SlackListItemRow
    is_there = and_(col(shown.row) != "", col(shown.list_id) == list_id)
    is_right = and_(is_there, col(shown.version) == col(own.version))
    query = (
        select(ActionItemRow.stream_id)
        .join(own, col(own.id) == col(ActionItemRow.stream_id))
        .join(of, col(of.id) == col(ActionItemRow.of_incident))
        .outerjoin(shown, col(shown.stream_id) == col(ActionItemRow.stream_id))
        .where(
            ActionItemRow.team_id == team,
            or_(
                and_(is_wanted, or_(col(shown.stream_id).is_(None), ~is_right)),
                and_(~is_wanted, is_there),
            ),
            or_(col(shown.stream_id).is_(None), col(shown.trouble) == ""),
        )
        .order_by(col(ActionItemRow.due_on), col(ActionItemRow.stream_id))
        .limit(limit)
    )
    return (await session.exec(query)).all()
