"""The issues of action items, as lists show them."""

from collections.abc import Collection, Mapping

from sqlalchemy import func
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.tables import StreamRow, TrackedIssueRow
from bot.followup.domain.action_item import SUBJECT
from bot.followup.domain.tracking import TrackedIssue


async def by_number(session: AsyncSession, team: str, numbers: Collection[int]) -> Mapping[int, TrackedIssue]:
    """The issues of the items with these numbers."""
    query = (
        select(StreamRow.number, TrackedIssueRow)
        .join(TrackedIssueRow, col(TrackedIssueRow.stream_id) == col(StreamRow.id))
        .where(StreamRow.team_id == team, StreamRow.subject == SUBJECT, col(StreamRow.number).in_(numbers))
    )
    return {number: as_shown(row) for number, row in (await session.exec(query)).all()}


def as_shown(row: TrackedIssueRow) -> TrackedIssue:
    """The issue of a row."""
    name = f"{row.place}#{row.issue}" if row.issue.isdecimal() else row.issue
    return TrackedIssue(tracker=row.tracker, name=name, url=row.url, trouble=row.trouble)


async def in_trouble(session: AsyncSession, team: str) -> Mapping[tuple[str, str], int]:
    """How many issues are behind, by tracker and reason."""
    query = (
        select(TrackedIssueRow.tracker, TrackedIssueRow.trouble, func.count())
        .where(TrackedIssueRow.team_id == team, TrackedIssueRow.trouble != "")
        .group_by(TrackedIssueRow.tracker, TrackedIssueRow.trouble)
    )
    return {(tracker, trouble): count for tracker, trouble, count in (await session.exec(query)).all()}
