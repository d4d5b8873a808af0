"""Streams: load them, save them, add to them. Streams of all subjects are stored in the same tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Generic

from sqlalchemy import ColumnElement, Select, bindparam, insert, select, update
from sqlalchemy.sql.dml import ReturningInsert
from sqlmodel import col
from sqlmodel import select as select_rows
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import Decider, Entry, F, S
from bot.engine.store import chains
from bot.engine.store.codec import decode_fact, decode_state, encode, encode_state, is_of_this_shape
from bot.engine.store.statements import execute
from bot.engine.store.tables import Counter, EntryRow, StreamRow, counter
from bot.engine.store.timelines import WRITTEN, StoredFact, in_parts, part_of, whole_timeline
from bot.engine.store.upsert import dialect_of, insert_in

# What every act executes is built once: to build it takes SQLAlchemy longer than to execute it.
_ONE = select(col(StreamRow.id), col(StreamRow.team_id), col(StreamRow.state), col(StreamRow.head))
_BY_ID = _ONE.where(col(StreamRow.id) == bindparam("stream"))
# With `key_share`, which PostgreSQL calls FOR NO KEY UPDATE, a new row that refers to a locked stream does not wait for it:
# a stream is never deleted, and its key never changes. Otherwise two transactions that add such rows lock each other out.
_LOCKED_BY_ID = _BY_ID.with_for_update(key_share=True)
_BY_NUMBER = _ONE.where(
    col(StreamRow.team_id) == bindparam("team"),
    col(StreamRow.subject) == bindparam("of"),
    col(StreamRow.number) == bindparam("wanted"),
)
_LOCKED = _BY_NUMBER.with_for_update(key_share=True)
_ADD = insert(StreamRow).returning(col(StreamRow.id))
UPDATE = update(StreamRow).where(col(StreamRow.id) == bindparam("stream"))
_ROWS = select_rows(StreamRow).where(col(StreamRow.id).in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True)  # without slots, like Entry
class Stored(Generic[S]):
    """A state with the id by which the other tables know its stream.

    Attributes:
        head: the hash of the last entry of its timeline (`bot.engine.store.chains`).
    """

    id: int
    team: str
    state: S
    head: str


@dataclass(frozen=True, slots=True)
class Streams(Generic[S, F]):
    """The streams of one subject."""

    decider: Decider[S, F]

    def of(self, team: str) -> tuple[ColumnElement[bool], ...]:
        """The condition for a workspace's rows."""
        return (col(StreamRow.team_id) == team, self.is_one)

    @property
    def is_one(self) -> ColumnElement[bool]:
        """The condition for rows of this subject."""
        return col(StreamRow.subject) == self.decider.subject

    async def next_number(self, session: AsyncSession, team: str) -> int:
        """Take the workspace's next number. Others who ask at the same time wait for this transaction."""
        counted = await execute(
            session, _counting(dialect_of(session)), {"name": counter(team, self.decider.subject)}
        )
        return int(counted.scalar_one())

    async def add(
        self,
        session: AsyncSession,
        team: str,
        state: S,
        entries: Sequence[Entry[F]],
        *,
        next_look_at: datetime | None,
        now: datetime,
    ) -> Stored[S]:
        """Store a new stream with its first facts."""
        head, rows = chains.chained("", entries, now)
        own = {"team_id": team, "subject": self.decider.subject, "number": state.number, "head": head}
        added = await execute(session, _ADD, own | self._columns(state, next_look_at))
        stored = Stored(added.scalar_one(), team, state, head)
        await chains.append(session, stored.id, team, rows)
        return stored

    async def save(
        self,
        session: AsyncSession,
        stored: Stored[S],
        state: S,
        entries: Sequence[Entry[F]],
        *,
        next_look_at: datetime | None,
        now: datetime,
    ) -> Stored[S]:
        """Store the new state of a stream that `lock` has loaded in this transaction, and the facts that lead to it."""
        head, rows = chains.chained(stored.head, entries, now)
        changed = {"stream": stored.id, "head": head, **self._columns(state, next_look_at)}
        await execute(session, UPDATE, changed)
        after = Stored(stored.id, stored.team, state, head)
        await chains.append(session, stored.id, stored.team, rows)
        return after

    async def lock(self, session: AsyncSession, team: str, number: int) -> Stored[S] | None:
        """Load a stream to change it: on PostgreSQL others wait, and SQLite has one writer anyway."""
        return await self._load(session, _LOCKED, team, number)

    async def by_number(self, session: AsyncSession, team: str, number: int) -> Stored[S] | None:
        """Load a stream to read it."""
        return await self._load(session, _BY_NUMBER, team, number)

    async def by_id(self, session: AsyncSession, stream_id: int) -> Stored[S]:
        """Load the stream that another row belongs to."""
        return await self._load_by_id(session, _BY_ID, stream_id)

    async def locked_by_id(self, session: AsyncSession, stream_id: int) -> Stored[S]:
        """The same, to change it or what belongs to it."""
        return await self._load_by_id(session, _LOCKED_BY_ID, stream_id)

    async def all_streams(self, session: AsyncSession) -> list[Stored[S]]:
        """Every stream of every workspace, for checks."""
        rows = (
            await session.exec(select_rows(StreamRow).where(self.is_one).order_by(col(StreamRow.id)))
        ).all()
        return [await self.restored(session, row) for row in rows]

    async def rewrite(self, session: AsyncSession, stored: Stored[S], entries: Sequence[Entry[F]]) -> None:
        """Replace recorded facts, and store the state that the timeline then leads to.

        Facts never change, except that the words of a secret are removed (docs/decisions, 0020), a person is forgotten, or
        what the policy does not keep any longer is removed (0039). The fact that says so is on the timeline already.

        Args:
            session: the transaction, which has locked the stream.
            stored: the stream as it is now.
            entries: what is to stand there instead.
        """
        contents = {entry.seq: {"by": entry.fact.by, "payload": encode(entry.fact)} for entry in entries}
        head = await chains.rewrite(session, stored.id, stored.head, contents)
        state = self.decider.fold(entry.fact for entry in await self.timeline(session, stored.id))
        changed = {"stream": stored.id, "head": head, "state": encode_state(self.decider, state)}
        await execute(session, UPDATE, changed)

    async def timeline(self, session: AsyncSession, stream_id: int) -> list[Entry[F]]:
        """Every fact in the order of recording."""
        return [self.decoded(stored_fact) for stored_fact in await whole_timeline(session, stream_id)]

    async def history(self, session: AsyncSession, team: str, number: int) -> list[Entry[F]]:
        """Every fact of the stream with this number, as `timeline`; a session outside of a transaction can read it."""
        stream = select(col(StreamRow.id)).where(*self.of(team), col(StreamRow.number) == number)
        part = part_of(stream.scalar_subquery())
        return [self.decoded(stored_fact) for stored_fact in await in_parts(session, part, {})]

    async def latest_of(
        self,
        session: AsyncSession,
        stream: tuple[str, int],
        kind: type[F],
        limit: int,
        before: int | None = None,
    ) -> list[Entry[F]]:
        """The latest facts of one kind, the latest first.

        Args:
            session: a transaction.
            stream: its team and number.
            kind: the kind.
            limit: how many at most.
            before: only those recorded before the fact with this number.
        """
        team, number = stream
        of_stream = select_rows(StreamRow.id).where(*self.of(team), StreamRow.number == number)
        query = (
            select_rows(*WRITTEN)
            .where(EntryRow.stream_id == of_stream.scalar_subquery(), EntryRow.kind == kind.__name__)
            .order_by(col(EntryRow.seq).desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(EntryRow.seq < before)
        rows = (await session.exec(query)).all()
        return [self.decoded(StoredFact(seq, name, dict(payload))) for seq, name, payload in rows]

    async def timelines_of_other_shapes(
        self, session: AsyncSession, found: Mapping[int, StreamRow]
    ) -> dict[int, list[StoredFact]]:
        """The timelines of the streams whose state must be folded from them, not decoded yet."""
        others = [each for each, row in found.items() if not is_of_this_shape(self.decider, row.state)]
        return {each: await whole_timeline(session, each) for each in others}

    def decoded(self, stored_fact: StoredFact) -> Entry[F]:
        """The fact of a row; raises the same errors as `decode_fact`."""
        return Entry(stored_fact.seq, decode_fact(self.decider, stored_fact.kind, stored_fact.payload))

    async def restored(self, session: AsyncSession, row: StreamRow) -> Stored[S]:
        """The stream of a row; raises the same errors as `state`."""
        return self.as_stored(row, await self.state(session, row.id, row.state))

    async def state(self, session: AsyncSession, stream_id: int | None, document: Mapping[str, Any]) -> S:
        """The state in a document, or, if its shape is another release's, the state that the timeline leads to.

        Raises:
            OtherReleaseError: the timeline has facts that this release does not know.
            pydantic.ValidationError: the document is damaged.
        """
        if is_of_this_shape(self.decider, document) or stream_id is None:
            return decode_state(self.decider, document)
        return self.decider.fold(entry.fact for entry in await self.timeline(session, stream_id))

    def as_stored(self, row: StreamRow, state: S | None = None) -> Stored[S]:
        """The stream of a row, with this state, or else its document's; raises the same errors as `decode_state`."""
        if row.id is None:
            raise ValueError("this row has not been stored yet")
        return Stored(row.id, row.team_id, state or decode_state(self.decider, row.state), row.head)

    def _columns(self, state: S, next_look_at: datetime | None) -> dict[str, Any]:
        listed = self.decider.list_columns(state)
        return {
            "version": state.version,
            "closed": listed.closed,
            "rank": listed.rank,
            "private": listed.private,
            "next_look_at": next_look_at,
            "state": encode_state(self.decider, state),
        }

    async def _load_by_id(self, session: AsyncSession, query: Select[Any], stream_id: int) -> Stored[S]:
        row = (await execute(session, query, {"stream": stream_id})).one()
        return Stored(row.id, row.team_id, await self.state(session, row.id, row.state), row.head)

    async def _load(
        self, session: AsyncSession, query: Select[Any], team: str, number: int
    ) -> Stored[S] | None:
        wanted = {"team": team, "of": self.decider.subject, "wanted": number}
        row = (await execute(session, query, wanted)).first()
        return Stored(row.id, team, await self.state(session, row.id, row.state), row.head) if row else None


async def rows(session: AsyncSession, ids: Iterable[int]) -> dict[int, StreamRow]:
    """These streams, by id, not decoded yet."""
    found = (await session.exec(_ROWS, params={"ids": list(ids)})).all()
    return {row.id: row for row in found if row.id is not None}


async def teams(session: AsyncSession) -> Sequence[str]:
    """The workspaces that have streams in this database, in order."""
    query = select_rows(StreamRow.team_id).distinct().order_by(StreamRow.team_id)
    return (await session.exec(query)).all()


@cache
def _counting(dialect: str) -> ReturningInsert[tuple[int]]:
    first = insert_in(dialect, Counter).values(last_number=1)
    return first.on_conflict_do_update(
        index_elements=[col(Counter.name)], set_={"last_number": col(Counter.last_number) + 1}
    ).returning(col(Counter.last_number))
