"""What stands at the head of war rooms, and what workspaces do not allow there."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy.dialects.sqlite import Insert
from sqlmodel import col, delete, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.statements import execute
from bot.engine.store.tables import HeadItemRow, RefusedFeatureRow, StreamRow
from bot.engine.store.upsert import dialect_of, insert_in

BOOKMARKS, CANVAS = "bookmarks", "canvas"  # the features
DRAFT_CANVAS = "draft_canvas"  # a canvas of its own, for writing and reading a postmortem
DRAFT = "draft"  # the name of the postmortem draft among the items
PUBLISHED = "published"  # that of the canvas of the published one
OF_BOOKMARK, OF_SECTION = "bookmark:", "canvas:"  # begin the names of the items
OF_DRAFT = (
    "draft_canvas:"  # begins those of the sections of a draft in its canvas: version and mark of what it has
)


async def items(session: AsyncSession, streams: Collection[int]) -> dict[int, dict[str, HeadItemRow]]:
    """The items of several streams, by the streams' ids and the items' names."""
    found: dict[int, dict[str, HeadItemRow]] = {}
    if streams:
        query = select(HeadItemRow).where(col(HeadItemRow.stream_id).in_(streams))
        for row in (await session.exec(query)).all():
            found.setdefault(row.stream_id, {})[row.name] = row
    return found


async def put(
    session: AsyncSession,
    team: str,
    stream_id: int,
    name: str,
    *,
    item: str = "",
    digest: str = "",
    error: str = "",
) -> None:
    """Store an item as it is shown now."""
    row = {
        "stream_id": stream_id,
        "name": name,
        "team_id": team,
        "item": item,
        "digest": digest,
        "error": error,
    }
    await execute(session, _putting(dialect_of(session)), row)


async def refuse(session: AsyncSession, team: str, feature: str, reason: str, now: datetime) -> None:
    """Store that a workspace does not allow something."""
    row = {"team_id": team, "feature": feature, "reason": reason, "at": now}
    await execute(session, _refusing(dialect_of(session)), row)


async def allow(session: AsyncSession, team: str, feature: str) -> None:
    """Store that a workspace allows something."""
    gone = delete(RefusedFeatureRow).where(
        col(RefusedFeatureRow.team_id) == team, col(RefusedFeatureRow.feature) == feature
    )
    await session.exec(gone)


async def refused(session: AsyncSession, teams: Collection[str]) -> Sequence[RefusedFeatureRow]:
    """What these workspaces do not allow."""
    query = select(RefusedFeatureRow).where(col(RefusedFeatureRow.team_id).in_(teams))
    return (await session.exec(query.order_by(col(RefusedFeatureRow.feature)))).all()


async def not_shown(session: AsyncSession, team: str) -> Mapping[tuple[int, str], str]:
    """What Slack could not show at the head of a workspace's war rooms: the reason by the incident's number and name."""
    query = (
        select(StreamRow.number, HeadItemRow.name, HeadItemRow.error)
        .join(StreamRow, col(StreamRow.id) == col(HeadItemRow.stream_id))
        .where(HeadItemRow.team_id == team, HeadItemRow.error != "")
        .order_by(col(StreamRow.number), col(HeadItemRow.name))
    )
    return {(number, name): error for number, name, error in (await session.exec(query)).all()}


@cache
def _putting(dialect: str) -> Insert:
    statement = insert_in(dialect, HeadItemRow)
    return statement.on_conflict_do_update(
        index_elements=[col(HeadItemRow.stream_id), col(HeadItemRow.name)],
        set_={name: statement.excluded[name] for name in ("item", "digest", "error")},
    )


@cache
def _refusing(dialect: str) -> Insert:
    statement = insert_in(dialect, RefusedFeatureRow)
    return statement.on_conflict_do_update(
        index_elements=[col(RefusedFeatureRow.team_id), col(RefusedFeatureRow.feature)],
        set_={name: statement.excluded[name] for name in ("reason", "at")},
    )
