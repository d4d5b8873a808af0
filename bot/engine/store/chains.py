"""Every fact of a timeline is chained to the one before it by a hash, so that a row that somebody changed shows.

The hash of a row covers its contents and the hash of the row before, and the stream keeps the last one (`head`). Whoever
changes, inserts or deletes rows without the bot must compute every later hash too, and a copy of the database from
before shows even that (docs/decisions, 0028).

Rows of releases that did not chain have no hash, and are not covered. Where the bot itself has removed the words of a
secret, the row keeps the digest of what it was, so that the chain goes on.
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

_ROWS = select(*Table.metadata.tables[str(EntryRow.__tablename__)].columns).where(
    col(EntryRow.stream_id) == bindparam("stream")
)
_CHAIN = _ROWS.order_by(col(EntryRow.seq))
_OF_ENTRY = _ROWS.where(col(EntryRow.seq) == bindparam("numbered"))
_APPEND = insert(EntryRow)
_REDACT = update(EntryRow).where(
    col(EntryRow.stream_id) == bindparam("of_stream"), col(EntryRow.seq) == bindparam("numbered")
)


class Verified(NamedTuple):
    """What a chain says.

    Attributes:
        changed: the number of the first entry that is not as it was recorded, or before which one is missing; None if
            every entry is.
        redacted: how many entries the bot has removed words from.
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


async def redact(session: AsyncSession, stream_id: int, seq: int, payload: Mapping[str, Any]) -> None:
    """Replace the contents of a row by those without a secret's words. Its place in the chain stays."""
    of_entry = {"stream": stream_id, "numbered": seq}
    row = (await execute(session, _OF_ENTRY, of_entry)).mappings().one()
    written = {"of_stream": stream_id, "numbered": seq, "payload": payload}
    await execute(session, _REDACT, written | {"original": row["original"] or digest(row)})


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
