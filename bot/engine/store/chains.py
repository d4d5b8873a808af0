"""Every fact of a timeline is chained to the one before it by a hash, so that a row that somebody changed shows.

The hash of a row covers its contents and the hash of the row before, and the stream keeps the last one (`head`). Whoever
changes, inserts or deletes rows without the bot must compute every later hash too, and a copy of the database from
before shows even that (docs/decisions, 0028).

Rows of releases that did not chain have no hash, and are not covered. Where the bot itself has rewritten a row, every later
hash is computed anew, and the row is marked (`original` is empty): no digest of what it was is kept, because whoever guesses
that could prove the guess with it (docs/decisions, 0039). Releases before kept such a digest.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import Entry
from bot.engine.store.codec import encode
from bot.engine.store.statements import execute
from bot.engine.store.tables import EntryRow, Table

_TIMELINE = Table.metadata.tables[str(EntryRow.__tablename__)]
_CHAIN = (
    select(*_TIMELINE.columns)
    .where(col(EntryRow.stream_id) == bindparam("stream"))
    .order_by(col(EntryRow.seq))
)
_APPEND = insert(EntryRow)
REWRITTEN = ""  # in the place of the digest of what a row was
BROKEN = "broken"  # no hash: the row or the one before it was not as it was recorded when the chain was computed anew
_REWRITE = update(_TIMELINE).where(
    col(EntryRow.stream_id) == bindparam("of_stream"), col(EntryRow.seq) == bindparam("numbered")
)


class Verified(NamedTuple):
    """What a chain says.

    Attributes:
        changed: the number of the first entry that is not as it was recorded, or before which one is missing; None if
            every entry is.
        redacted: how many entries the bot has rewritten.
    """

    changed: int | None
    redacted: int


def digest(row: Mapping[Any, Any]) -> str:
    """The digest of a row's contents, which is the same in every kind of database."""
    covered = [
        row["seq"],
        row["kind"],
        row["at"].isoformat(),
        row["recorded_at"].isoformat(),
        row["by"],
        row["payload"],
    ]
    return sha256(json.dumps(covered, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def linked(head: str, contents: str) -> str:
    """The hash of a row with this digest, after the row whose hash is `head` (empty before the first)."""
    return sha256(f"{head}{contents}".encode()).hexdigest()


def chained(head: str, entries: Iterable[Entry[Any]], now: datetime) -> tuple[str, list[dict[str, Any]]]:
    """The rows of new facts, recorded at `now` (UTC), with their hashes; and the hash of the last one."""
    rows = []
    for entry in entries:
        row = {
            "seq": entry.seq,
            "kind": type(entry.fact).__name__,
            "at": entry.fact.at,
            "recorded_at": now,
            "by": entry.fact.by,
            "payload": encode(entry.fact),
        }
        head = linked(head, digest(row))
        rows.append({**row, "chain": head})
    return head, rows


async def append(session: AsyncSession, stream_id: int, team: str, rows: Iterable[dict[str, Any]]) -> None:
    """Add rows to the end of a timeline."""
    where = {"stream_id": stream_id, "team_id": team}
    await execute(session, _APPEND, [where | row for row in rows])


async def rewrite(
    session: AsyncSession, stream_id: int, head: str, contents: Mapping[int, Mapping[str, Any]]
) -> str:
    """Replace the contents of rows, compute the hashes anew, and return the last one.

    What somebody has changed before, not through the bot, still shows afterwards: there the new chain is broken too.

    Args:
        session: a transaction that has locked the stream.
        stream_id: the stream.
        head: the hash of its last entry until now, as the stream has it.
        contents: the new `by` and `payload` of each row, by its number.
    """
    old = new = ""
    changed: list[dict[str, Any]] = []
    for row in (await execute(session, _CHAIN, {"stream": stream_id})).mappings().all():
        written = {**row, **contents.get(row["seq"], {})}
        if row["seq"] in contents:
            written["original"] = REWRITTEN
        if row["chain"] is not None:
            is_right = row["chain"] == linked(old, row["original"] or digest(row))
            old = row["chain"]
            written["original"] = written["original"] and REWRITTEN
            new = written["chain"] = linked(new, digest(written)) if is_right else BROKEN
        if written != {**row}:
            changed.append(
                {"of_stream": stream_id, "numbered": row["seq"]}
                | {name: written[name] for name in ("by", "payload", "chain", "original")}
            )
    if changed:
        await execute(session, _REWRITE, changed)
    return new if old == head else BROKEN


async def verify(session: AsyncSession, stream_id: int, head: str) -> Verified:
    """Whether every entry of a stream is as it was recorded, and none is missing."""
    before, redacted, last = "", 0, 0
    for row in (await execute(session, _CHAIN, {"stream": stream_id})).mappings():
        last = row["seq"]
        if row["chain"] is None:
            continue
        if row["chain"] != linked(before, row["original"] or digest(row)):
            return Verified(last, redacted)
        before = row["chain"]
        redacted += row["original"] is not None
    return Verified(None if before == head else last + 1, redacted)
