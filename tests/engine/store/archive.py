"""Thousands of incidents, closed or of other workspaces: frequent queries must not cost more because of them."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text

from bot.engine.store.codec import encode, encode_state
from bot.engine.store.database import Database
from bot.engine.store.tables import (
    ActRow,
    EffectRow,
    EffectState,
    EntryRow,
    MemberRow,
    PersonRow,
    PlaceRow,
    ReminderRow,
    StreamRow,
    Table,
)
from bot.incident.domain import facts
from bot.incident.domain.decider import INCIDENT
from bot.incident.domain.effects import Place, SetTopic
from tests.conftest import NOON
from tests.incident.domain.situations import ALICE, declared, resolved

FIRST = 1_000_000  # ids and numbers above all others in the tests
ENTRIES, EFFECTS = 4, 3  # of each incident
TOMORROW = NOON + timedelta(days=1)

Row = dict[str, Any]

NOTE = encode(facts.Noted(at=NOON, by=ALICE, author=ALICE, text="Errors began " * 10))
EFFECT: Row = {
    "kind": "SetTopic",
    "payload": encode(SetTopic()),
    "needs": None,
    "attempts": 1,
    "doubt": False,
    "leased_by": "one",
    "error": "",
}
REMINDER: Row = {"promise": "update", "rung": 0, "broadcast": False, "channel": "C1", "ts": "1.1"}


async def fill(database: Database, team: str, count: int, *, over: bool, first: int = FIRST) -> None:
    """Add so many incidents of a workspace: all closed, or all open and not due before tomorrow."""
    await _insert(
        database, (row for each in range(count) for row in _incident(first + each, team, over=over))
    )


async def lengthen(database: Database, team: str, stream_id: int, seqs: range) -> None:
    """Add notes to the start of an incident's timeline: the higher the number, the longer ago."""
    await _insert(database, (_note(stream_id, team, seq, ago=seq) for seq in seqs))


async def _insert(database: Database, rows: Iterator[tuple[type[Table], Row]]) -> None:
    tables: dict[type[Table], list[Row]] = {}
    for table, row in rows:
        tables.setdefault(table, []).append(row)
    async with database.engine.begin() as connection:
        for table, several in tables.items():
            await connection.execute(insert(table), several)
        if not database.is_sqlite:
            await connection.execute(text("ANALYZE"))  # PostgreSQL does that on its own, but later


def _incident(stream_id: int, team: str, *, over: bool) -> Iterator[tuple[type[Table], Row]]:
    of: Row = {"team_id": team, "stream_id": stream_id}
    at = NOON - timedelta(days=30, seconds=stream_id - FIRST)
    state = encode_state(INCIDENT, resolved(declared()) if over else declared())
    yield (
        StreamRow,
        {"id": stream_id, "team_id": team, "number": stream_id, "version": ENTRIES, "state": state}
        | {"closed": over, "rank": 4, "private": False, "next_look_at": None if over else TOMORROW},
    )
    if not over:
        yield MemberRow, of | {"person": f"U{stream_id}", "responds": True}
    yield PlaceRow, of | {"name": Place.ROOM, "channel": f"C{stream_id}", "ts": ""}
    yield PlaceRow, of | {"name": Place.ANNOUNCEMENT, "channel": "CINCIDENTS", "ts": "1.1"}
    for seq in range(1, ENTRIES + 1):
        yield _note(stream_id, team, seq, ago=seq)
    for each in range(EFFECTS):
        names = {"key": f"{stream_id}.{each}", "lane": f"{stream_id}:{each}", "created_at": at}
        state_of = {
            "state": EffectState.DELIVERED if over else EffectState.WAITING,
            "due_at": at if over else TOMORROW,
            "done_at": at if over else None,
        }
        yield EffectRow, of | EFFECT | names | state_of
    answer = {"answered_at": at, "answered_by": ALICE, "answered_seq": 1}
    yield ReminderRow, of | REMINDER | answer | {"slot": at, "fired_at": at}
    yield ActRow, of | {"act_id": f"command:{stream_id}", "at": NOON, "permanent": False}
    yield ActRow, of | {"act_id": f"note:C1:{stream_id}", "at": at, "permanent": True}
    person: Row = {"user_id": f"U{stream_id}", "name": "Somebody", "zone": "", "is_bot": False}
    yield PersonRow, person | {"team_id": team, "seen_at": at}


def _note(stream_id: int, team: str, seq: int, *, ago: int) -> tuple[type[Table], Row]:
    at = NOON - timedelta(seconds=ago)
    noted: Row = {"kind": "Noted", "at": at, "recorded_at": at, "by": ALICE, "payload": NOTE}
    return EntryRow, noted | {"stream_id": stream_id, "team_id": team, "seq": seq}
