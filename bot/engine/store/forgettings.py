"""Who is to be forgotten, whether that was begun before, and where Slack still shows what they did."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.tables import (
    OWN_CHANNEL,
    ActionItemRow,
    EntryRow,
    ForgettingRow,
    HeadItemRow,
    MemberRow,
    PersonRow,
    PlaceRow,
    StreamRow,
)


class InSlack(NamedTuple):
    """What Slack still has of some streams.

    Attributes:
        rooms: the number of each stream, and the channel of its own.
        messages: how many messages of the bot are known to be there.
        canvases: how many canvases.
    """

    rooms: Sequence[tuple[int, str]]
    messages: int
    canvases: int


async def called(session: AsyncSession, team: str, name: str) -> list[tuple[str, str]]:
    """The id and name of the stored people of this id, or with this name; compared without case."""
    rows = await _people(session, team)
    exact = [row for row in rows if row[0] == name]
    return exact or [row for row in rows if row[1].casefold() == name.casefold()]


async def similar(session: AsyncSession, team: str, name: str) -> list[tuple[str, str]]:
    """The id and name of the stored people with this as a part of their name; compared without case."""
    return [row for row in await _people(session, team) if name.casefold() in row[1].casefold()]


async def _people(session: AsyncSession, team: str) -> list[tuple[str, str]]:
    query = select(col(PersonRow.user_id), col(PersonRow.name)).where(col(PersonRow.team_id) == team)
    rows = (await (await session.connection()).execute(query.order_by(col(PersonRow.user_id)))).all()
    return [(row[0], row[1]) for row in rows]


async def duties(session: AsyncSession, team: str, person: str) -> list[tuple[str, int]]:
    """What a person still has to do: the subject and number of each incident in which they have a part, and action item."""
    connection = await session.connection()
    of_stream = select(col(StreamRow.subject), col(StreamRow.number)).where(col(StreamRow.team_id) == team)
    roles = of_stream.join(MemberRow, col(MemberRow.stream_id) == col(StreamRow.id)).where(
        col(MemberRow.person) == person, col(MemberRow.responds), ~col(StreamRow.closed)
    )
    items = of_stream.join(ActionItemRow, col(ActionItemRow.stream_id) == col(StreamRow.id)).where(
        col(ActionItemRow.owner) == person, col(ActionItemRow.is_open)
    )
    found = [*(await connection.execute(roles)).all(), *(await connection.execute(items)).all()]
    return sorted((row[0], row[1]) for row in found)


async def begin(session: AsyncSession, team: str, person: str, now: datetime) -> ForgettingRow:
    """The forgetting of this person that was interrupted; if there is none, a new one."""
    of_team = col(ForgettingRow.team_id) == team
    query = select_rows(ForgettingRow).where(of_team, ForgettingRow.person == person)
    if begun := (await session.exec(query)).first():
        return begun
    last = (await session.exec(select_rows(func.max(ForgettingRow.number)).where(of_team))).one()
    row = ForgettingRow(team_id=team, number=(last or 0) + 1, person=person, started_at=now)
    session.add(row)
    return row


async def next_number(session: AsyncSession, team: str, person: str) -> int:
    """The number that `begin` would give, for a preview."""
    rows = (await session.exec(select_rows(ForgettingRow).where(ForgettingRow.team_id == team))).all()
    begun = [row.number for row in rows if row.person == person]
    return begun[0] if begun else max((row.number for row in rows), default=0) + 1


async def unfinished(session: AsyncSession, team: str) -> int:
    """How many were begun and not finished."""
    of_team = select_rows(func.count()).where(ForgettingRow.team_id == team, ForgettingRow.person != "")
    return (await session.exec(of_team)).one()


async def finish(session: AsyncSession, team: str, number: int, entries: int, now: datetime) -> None:
    """Write that it is done; from now on nothing leads from the pseudonym to the person."""
    row = await session.get_one(ForgettingRow, (team, number))
    row.person, row.finished_at, row.entries = "", now, row.entries + entries
    session.add(row)


async def abandon(session: AsyncSession, team: str, number: int) -> None:
    """Delete a new one for which there was nothing to do, so that its number is free."""
    await session.delete(await session.get_one(ForgettingRow, (team, number)))


async def in_slack(session: AsyncSession, streams: Sequence[int]) -> InSlack:
    """Where Slack still shows what happened in these streams. The bot does not change that."""
    connection = await session.connection()
    rooms: list[tuple[int, str]] = []
    messages = canvases = 0
    for at in range(0, len(streams), 500):
        part = streams[at : at + 500]
        of_part = col(PlaceRow.stream_id).in_(part)
        own = (
            select(col(StreamRow.number), col(PlaceRow.channel))
            .join(StreamRow, col(StreamRow.id) == col(PlaceRow.stream_id))
            .where(of_part, col(PlaceRow.name) == OWN_CHANNEL)
        )
        rooms += [(row[0], row[1]) for row in (await connection.execute(own)).all()]
        shown = select(func.count()).where(of_part, col(PlaceRow.ts) != "")
        messages += (await connection.execute(shown)).scalar_one()
        of_head = (
            col(HeadItemRow.stream_id).in_(part),
            col(HeadItemRow.name) == "canvas",
            col(HeadItemRow.item) != "",
        )
        canvases += (await connection.execute(select(func.count()).where(*of_head))).scalar_one()
    return InSlack(sorted(rooms), messages, canvases)


async def count(session: AsyncSession, tables: Sequence[str]) -> int:
    """How many streams, and rows of these tables, there are to look at."""
    connection = await session.connection()
    counts = [select(func.count()).select_from(StreamRow)]
    counts += [select(func.count()).select_from(EntryRow.metadata.tables[name]) for name in tables]
    return sum([(await connection.execute(query)).scalar_one() for query in counts])
