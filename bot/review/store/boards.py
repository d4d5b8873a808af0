"""Boards: their streams, and how a kept pack is found."""

from collections.abc import AsyncIterator

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from bot.engine.store.streams import Streams
from bot.engine.store.tables import StreamRow
from bot.incident.store.incidents import UNREADABLE
from bot.review.domain.board import BOARD, Board

BOARDS = Streams(BOARD)
_PACK = col(StreamRow.state)["pack"]


async def kept(session: AsyncSession, team: str, week: str) -> Board | None:
    """The board of a week that was posted first; None if none was."""
    query = _boards(team).where(_PACK["week"].as_string() == week).order_by(col(StreamRow.number))
    return await anext(_posted(session, query), None)


async def before(session: AsyncSession, team: str, start: str) -> Board | None:
    """The latest board that was posted and whose span begins before this time (ISO 8601, UTC); None if none was."""
    query = _boards(team).where(_PACK["start"].as_string() < start)
    return await anext(_posted(session, query.order_by(_PACK["start"].as_string().desc())), None)


async def numbered(session: AsyncSession, team: str, number: int) -> Board | None:
    """The board with this number."""
    try:
        found = await BOARDS.by_number(session, team, number)
    except UNREADABLE:
        return None
    return found.state if found else None


def _boards(team: str) -> SelectOfScalar[StreamRow]:
    return select(StreamRow).where(*BOARDS.of(team))


async def _posted(session: AsyncSession, query: SelectOfScalar[StreamRow]) -> AsyncIterator[Board]:
    """Those of these boards that were posted; there are a few a week at most."""
    for row in (await session.exec(query)).all():
        try:
            board = (await BOARDS.restored(session, row)).state
        except UNREADABLE:
            continue
        if board.posted:
            yield board
