"""Checks whether the timelines lead to the states that are stored beside them, and are as they were recorded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import F, S
from bot.engine.store import chains
from bot.engine.store.codec import OtherReleaseError
from bot.engine.store.streams import Streams
from bot.engine.store.tables import StreamRow


@dataclass(frozen=True, slots=True)
class Checked:
    """The result of a check: numbers of streams within their workspaces.

    Attributes:
        consistent: streams whose timeline leads to their state.
        broken: streams whose timeline leads to another state, or to none.
        foreign: streams that another release has written, so that this one cannot check them.
        changed: streams with an entry that is not as it was recorded, or with one missing, and the number of that entry.
        redacted: how many entries the bot itself has rewritten: a secret's words, a forgotten person, or by the retention.
    """

    consistent: Sequence[int]
    broken: Sequence[int]
    foreign: Sequence[int]
    changed: Mapping[int, int]
    redacted: int


async def check(
    session: AsyncSession,
    streams: Streams[S, F],
    closed: int | None,
    progress: Callable[[Sequence[StreamRow]], Iterable[StreamRow]] = iter,
) -> Checked:
    """Fold the histories of all open streams, and of some closed ones, and verify their chains.

    Args:
        session: a session that only reads.
        streams: the streams of the subject.
        closed: how many closed streams to check, the latest first; None means all.
        progress: iterates over them one by one, to show the progress.
    """
    query = select(StreamRow).where(streams.is_one)
    open_ones = query.where(~col(StreamRow.closed)).order_by(col(StreamRow.id))
    over = query.where(col(StreamRow.closed)).order_by(col(StreamRow.id).desc()).limit(closed)
    found: dict[bool | None, list[int]] = {True: [], False: [], None: []}
    changed: dict[int, int] = {}
    redacted = 0
    for row in progress([*(await session.exec(open_ones)).all(), *(await session.exec(over)).all()]):
        found[await _leads_there(session, streams, row)].append(row.number)
        verified = await chains.verify(session, int(row.id or 0), row.head)
        if verified.changed:
            changed[row.number] = verified.changed
        redacted += verified.redacted
    return Checked(sorted(found[True]), sorted(found[False]), sorted(found[None]), changed, redacted)


async def _leads_there(session: AsyncSession, streams: Streams[S, F], row: StreamRow) -> bool | None:
    """Whether the timeline leads to the state; None if this release cannot tell."""
    try:
        stored = streams.as_stored(row)
        history = await streams.timeline(session, stored.id)
        return streams.decider.fold(entry.fact for entry in history) == stored.state
    except OtherReleaseError:
        return None
    except ValueError:  # a damaged document, or no history
        return False
