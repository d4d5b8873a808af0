"""Removes people, words and links from streams that have been over for long. The figures stay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, delete, exists, func, or_, select, update
from sqlalchemy import Table as SqlTable
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.pseudonyms import Pseudonyms
from bot.core.retention import redacted
from bot.core.rewriting import Why
from bot.engine.store import rewriting
from bot.engine.store.codec import encode
from bot.engine.store.streams import Streams
from bot.engine.store.tables import (
    DraftRow,
    EffectRow,
    EffectState,
    EntryRow,
    HeadItemRow,
    RedactionRow,
    StreamRow,
    SubscriptionRow,
    Table,
    is_pending,
)
from bot.engine.store.tables.base import REMOVED
from bot.engine.store.tables.streams import FIRST

AllStreams = Mapping[str, Streams[Any, Any]]
_REWRITTEN = "EntriesRewritten"  # says nothing that people did
_OWN = ("incidents", "timeline", "redactions", "effects")
# Rows of other tables that belong to a stream and may name people.
BESIDE = tuple(
    table for table in Table.metadata.sorted_tables if table.name not in _OWN and "stream_id" in table.columns
)


class Due(NamedTuple):
    """A stream that is to be redacted."""

    id: int
    subject: str
    number: int
    entries: int


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at.

    Attributes:
        team: the workspace.
        streams: the streams of each subject, by its name.
        before: only those on whose timeline nothing was recorded at this time (UTC) or later; of those that age from their
            start, those that were begun before.
        keep: the names of those that are kept.
    """

    team: str
    streams: AllStreams
    before: datetime
    keep: Sequence[str]


def _conditions(scope: Scope) -> tuple[Any, ...]:
    """Over, and nothing was recorded for long; not redacted since, not kept, and nothing recent waits for Slack."""
    team, streams, before, keep = scope.team, scope.streams, scope.before, scope.keep
    of_stream = col(EntryRow.stream_id) == col(StreamRow.id)
    of_redaction = col(RedactionRow.stream_id) == col(StreamRow.id)
    from_start = [name for name, each in streams.items() if each.decider.ages_from_start]
    redactable = [name for name, each in streams.items() if each.decider.rewritten is not None]
    kept = [
        (name, number)
        for name, each in streams.items()
        for number in _numbers(keep)
        if each.decider.reference(number) in keep
    ]
    return (
        col(StreamRow.team_id) == team,
        col(StreamRow.closed),
        col(StreamRow.subject).in_(redactable),
        exists().where(of_stream, col(EntryRow.seq) == 1, col(EntryRow.recorded_at) < before),
        ~exists().where(of_redaction, col(RedactionRow.version) >= col(StreamRow.version)),
        or_(
            ~exists().where(of_stream, col(EntryRow.recorded_at) >= before, col(EntryRow.kind) != _REWRITTEN),
            and_(col(StreamRow.subject).in_(from_start), ~exists().where(of_redaction)),
        ),
        ~exists().where(  # that is shown first, as it was meant
            col(EffectRow.stream_id) == col(StreamRow.id),
            is_pending(EffectRow),
            or_(col(EffectRow.state) == EffectState.LEASED, col(EffectRow.created_at) >= before),
        ),
        *(~and_(col(StreamRow.subject) == name, col(StreamRow.number) == number) for name, number in kept),
    )


def _numbers(keep: Sequence[str]) -> Sequence[int]:
    return [int(each.rpartition("-")[2]) for each in keep]


async def due(session: AsyncSession, scope: Scope, *, limit: int | None = None, after: int = 0) -> list[Due]:
    """The streams that are to be redacted, in the order of their ids: at most so many, with a higher id than `after`."""
    columns = [col(getattr(StreamRow, name)) for name in ("id", "subject", "number", "version")]
    query: Select[Any] = (
        select(*columns)
        .where(*_conditions(scope), col(StreamRow.id) > after)
        .order_by(col(StreamRow.id))
        .limit(limit)
    )
    return [Due._make(row) for row in (await (await session.connection()).execute(query)).all()]


async def count_due(session: AsyncSession, scope: Scope) -> int:
    """How many there are."""
    query = select(func.count()).select_from(StreamRow).where(*_conditions(scope))
    return int((await (await session.connection()).execute(query)).scalar_one())


async def redact(session: AsyncSession, scope: Scope, stream: Due, now: datetime) -> bool:
    """Redact one stream, with what is stored beside it; False if it is no longer due: another replica has done it.

    Raises:
        OtherReleaseError: another release has recorded facts that this one does not know. Nothing was changed.
    """
    locked = await rewriting.lock(session, stream.id)
    connection = await session.connection()
    still = select(col(StreamRow.id)).where(*_conditions(scope), col(StreamRow.id) == stream.id)
    if (await connection.execute(still)).first() is None:
        return False
    of_subject = scope.streams[stream.subject]
    history = await of_subject.timeline(session, stream.id)
    reference = of_subject.decider.reference(stream.number)
    after = redacted(history, reference, now.date())
    version = locked.version
    if after.entries:
        contents = {
            entry.seq: {"by": entry.fact.by, "payload": encode(entry.fact)} for entry in after.entries
        }
        version = await rewriting.rewrite(
            session, of_subject, locked, contents, locked.state, why=Why.RETENTION, now=now
        )
    await _beside(session, scope.team, stream, Pseudonyms(after.people, {}))
    await connection.execute(delete(RedactionRow).where(col(RedactionRow.stream_id) == stream.id))
    session.add(RedactionRow(stream_id=stream.id, team_id=scope.team, version=version, at=now))
    await session.flush()
    return True


async def _beside(session: AsyncSession, team: str, stream: Due, people: Pseudonyms) -> None:
    """Replace or delete what the other tables have of a stream's people, words and links."""
    connection = await session.connection()
    for table in BESIDE:
        await _row_by_row(connection, table, stream, people)
    await connection.execute(delete(EffectRow).where(col(EffectRow.stream_id) == stream.id))
    draft = col(HeadItemRow.stream_id) == stream.id, col(HeadItemRow.name) == "draft"
    await connection.execute(delete(HeadItemRow).where(*draft))
    if stream.subject == FIRST:  # these have the incident's number
        for numbered in (DraftRow, SubscriptionRow):
            await connection.execute(
                delete(numbered).where(col(numbered.team_id) == team, col(numbered.number) == stream.number)
            )


async def _row_by_row(connection: AsyncConnection, table: SqlTable, stream: Due, people: Pseudonyms) -> None:
    """Replace the people in the rows of a stream, and empty what is to be removed; those whose key is a person are deleted."""
    keys = table.primary_key.columns
    rows = (await connection.execute(select(table).where(table.c.stream_id == stream.id))).all()
    for values in rows:
        row = dict(zip([column.key for column in table.columns], values, strict=True))
        here = and_(*(column == row[column.key] for column in keys))
        changed = {
            column.key: after
            for column in table.columns
            if isinstance(value := row[column.key], (str, dict, list))
            and (after := "" if REMOVED in column.info else people.document(value)) != value
        }
        if any(row[column.key] in people.names for column in keys):
            await connection.execute(delete(table).where(here))
        elif changed:
            await connection.execute(update(table).where(here).values(changed))
