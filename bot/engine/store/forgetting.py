"""Replaces a person by a pseudonym in every table. It can be interrupted at any moment, and goes on when it is called again.

Each stream is one transaction that has locked it, and so is each part of another table. Timelines are rewritten and chained
anew. A row whose key is the person is theirs alone, such as a subscription, and is deleted; every other row has the pseudonym.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Select, and_, delete, select, tuple_, update
from sqlalchemy import Table as SqlTable
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.pseudonyms import Pseudonyms
from bot.core.rewriting import Why
from bot.engine.store import rewriting
from bot.engine.store.database import Database
from bot.engine.store.streams import Streams
from bot.engine.store.tables import (
    EffectRow,
    EffectState,
    EntryRow,
    ForgettingRow,
    PersonRow,
    StreamRow,
    Table,
    UserGroupRow,
)

PART = 500  # rows that are read, and rewritten in one transaction, at a time
_STREAMS, _TIMELINE, _FORGETTINGS, _PEOPLE, _EFFECTS, _GROUPS = (
    Table.metadata.tables[str(row.__tablename__)]
    for row in (StreamRow, EntryRow, ForgettingRow, PersonRow, EffectRow, UserGroupRow)
)
TABLES: tuple[SqlTable, ...] = tuple(
    table
    for table in Table.metadata.sorted_tables
    if table not in (_STREAMS, _TIMELINE, _FORGETTINGS, _PEOPLE) and "team_id" in table.columns
)
# People read these columns, and documents other than those of the machinery: a name may stand in them as a word.
_READ = frozenset({"error", "title", "text", "summary", "reason"})
_NOT_READ = frozenset({"effects"})  # their documents have ids and keywords only
_RECIPIENTS = ("person", "owner", "to")
_SENDABLE = (EffectState.WAITING, EffectState.LEASED)

Progress = Callable[[int], None]
AllStreams = Mapping[str, Streams[Any, Any]]


@dataclass
class Found:
    """What is, or was, there of a person.

    Attributes:
        entries: entries of timelines, by subject.
        streams: the ids of the streams with these entries.
        rows: rows of other tables that have the pseudonym, by table.
        deleted: rows that were theirs alone, by table.
        words: how often their name stands in texts as a word.
    """

    entries: dict[str, int] = field(default_factory=dict)
    streams: list[int] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    deleted: dict[str, int] = field(default_factory=dict)
    words: int = 0

    def add(self, what: dict[str, int], name: str, count: int = 1) -> None:
        """Count more of one kind."""
        if count:
            what[name] = what.get(name, 0) + count


@dataclass(frozen=True, kw_only=True)
class Forgetting:
    """One person, and where they are looked for.

    Attributes:
        database: where.
        team: the workspace.
        streams: the streams of each subject, by its name.
        pseudonyms: what replaces them. Without its words, names that stand as words stay.
        counting: the same with all words, to count them.
        writes: whether it is done, or only looked for.
        now: the time of the facts that say so (UTC).
        progress: is told of each stream and row that was looked at.
    """

    database: Database
    team: str
    streams: AllStreams
    pseudonyms: Pseudonyms
    counting: Pseudonyms
    writes: bool
    now: datetime
    progress: Progress

    async def everywhere(self) -> Found:
        """Replace the person in all streams and tables, but for what `bot.engine.forgetting` does at the end."""
        found = Found()
        async for part in self._stream_ids():
            for stream_id, subject in part:
                await self._stream(stream_id, subject, found)
            self.progress(len(part))
        for table in TABLES:
            await self._table(table, found)
        return found

    async def of_people(self, session: AsyncSession, found: Found) -> None:
        """Delete their own row, with their name: the last thing, because a forgetting that goes on needs it."""
        theirs = and_(_PEOPLE.c.team_id == self.team, _PEOPLE.c.user_id.in_(list(self.pseudonyms.names)))
        connection = await session.connection()
        there = len((await connection.execute(select(_PEOPLE.c.user_id).where(theirs))).all())
        found.add(found.deleted, _PEOPLE.name, there)
        if self.writes:
            await connection.execute(delete(_PEOPLE).where(theirs))

    async def _stream_ids(self) -> AsyncIterator[Sequence[tuple[int, str]]]:
        last = 0
        while True:
            async with self.database.reading() as session:
                query = (
                    select(col(StreamRow.id), col(StreamRow.subject))
                    .where(col(StreamRow.team_id) == self.team, col(StreamRow.id) > last)
                    .order_by(col(StreamRow.id))
                    .limit(PART)
                )
                connection = await session.connection()
                part = [(int(row[0] or 0), str(row[1])) for row in (await connection.execute(query)).all()]
            if not part:
                return
            yield part
            last = part[-1][0]

    async def _stream(self, stream_id: int, subject: str, found: Found) -> None:
        streams = self.streams.get(subject)
        if streams is None:  # a newer release's subject: its rows are rewritten as documents
            streams = next(iter(self.streams.values()))
        async with self.database.reading() as session:
            contents, words = await self._contents(session, stream_id, streams)
            state = await self._state(session, stream_id)
        found.words += words
        if not contents and self.pseudonyms.document(state) == state:
            return
        if self.writes:
            async with self.database.writing() as session:
                locked = await rewriting.lock(session, stream_id)
                contents, _ = await self._contents(session, stream_id, streams)
                document = self.pseudonyms.document(locked.state)
                await rewriting.rewrite(
                    session, streams, locked, contents, document, why=Why.FORGOTTEN, now=self.now
                )
        found.add(found.entries, subject, len(contents))
        found.streams.append(stream_id)

    async def _contents(
        self, session: AsyncSession, stream_id: int, streams: Streams[Any, Any]
    ) -> tuple[dict[int, dict[str, Any]], int]:
        """The entries that name the person, as they are to be; and how often a name stands in the timeline as a word."""
        columns = [_TIMELINE.c[name] for name in ("seq", "kind", "by", "payload")]
        query = select(*columns).where(_TIMELINE.c.stream_id == stream_id).order_by(_TIMELINE.c.seq)
        contents, words = {}, 0
        for seq, kind, by, payload in (await (await session.connection()).execute(query)).all():
            fact = streams.decider.facts.get(kind)
            texts = getattr(fact, "words", None)
            words += self.counting.count_words(payload, texts)
            after = {"by": self.pseudonyms.actor(by), "payload": self.pseudonyms.document(payload, texts)}
            if after != {"by": by, "payload": payload}:
                contents[int(seq)] = after
        return contents, words

    async def _state(self, session: AsyncSession, stream_id: int) -> Any:
        query = select(_STREAMS.c.state).where(_STREAMS.c.id == stream_id)
        return (await (await session.connection()).execute(query)).scalar_one()

    async def _table(self, table: SqlTable, found: Found) -> None:
        keys = list(table.primary_key.columns)
        query = select(table).where(table.c.team_id == self.team).order_by(*keys).limit(PART)
        after: Sequence[Any] | None = None
        while True:
            part = query if after is None else query.where(tuple_(*keys) > tuple_(*after))
            async with self.database.reading() as session:
                rows = await _rows(session, table, part)
            if any(self._changed(table, row, Found()) for row in rows):
                if self.writes:
                    async with self.database.writing() as session:
                        for row in await _rows(session, table, part):
                            await self._row(session, table, row, found)
                else:
                    for row in rows:
                        self._count(table, row, self._changed(table, row, found), found)
            else:
                for row in rows:
                    self._changed(table, row, found)
            self.progress(len(rows))
            if len(rows) < PART:
                return
            after = [rows[-1][column.key] for column in keys]

    async def _row(
        self, session: AsyncSession, table: SqlTable, row: Mapping[str, Any], found: Found
    ) -> None:
        """Replace the person in one row, or delete it if it is theirs alone."""
        changed = self._changed(table, row, found)
        self._count(table, row, changed, found)
        if not changed:
            return
        connection = await session.connection()
        here = and_(*(column == row[column.key] for column in table.primary_key.columns))
        if self._is_theirs(table, row):
            await connection.execute(delete(table).where(here))
            return
        if table is _EFFECTS and self._is_for_them(row):  # whoever is forgotten is not written to
            changed |= {"state": EffectState.DROPPED, "done_at": self.now}
        await connection.execute(update(table).where(here).values(changed))

    def _changed(self, table: SqlTable, row: Mapping[str, Any], found: Found) -> dict[str, Any]:
        return {
            column.key: after
            for column in table.columns
            if (after := self._value(table, column, row[column.key], found)) != row[column.key]
        }

    def _count(
        self, table: SqlTable, row: Mapping[str, Any], changed: Mapping[str, Any], found: Found
    ) -> None:
        if changed:
            found.add(found.deleted if self._is_theirs(table, row) else found.rows, table.name)

    def _is_theirs(self, table: SqlTable, row: Mapping[str, Any]) -> bool:
        return any(row[column.key] in self.pseudonyms.names for column in table.primary_key.columns)

    def _value(self, table: SqlTable, column: Column[Any], value: Any, found: Found) -> Any:
        if table is _GROUPS and isinstance(value, list):
            return [each for each in value if each not in self.pseudonyms.names]
        if isinstance(value, (dict, list)):
            is_read = table.name not in _NOT_READ
            found.words += self.counting.count_words(value) if is_read else 0
            return self.pseudonyms.document(value, None if is_read else ())
        if not isinstance(value, str):
            return value
        if column.key in _READ:
            found.words += self.counting.count_words(value)
            return self.pseudonyms.text(value)
        return self.pseudonyms.document(value)

    def _is_for_them(self, effect: Mapping[str, Any]) -> bool:
        recipients = {effect["payload"].get(name) for name in _RECIPIENTS}
        return effect["state"] in _SENDABLE and not recipients.isdisjoint(self.pseudonyms.names)


async def _rows(session: AsyncSession, table: SqlTable, query: Select[Any]) -> list[dict[str, Any]]:
    columns = [column.key for column in table.columns]
    found = (await (await session.connection()).execute(query)).all()
    return [dict(zip(columns, row, strict=True)) for row in found]
