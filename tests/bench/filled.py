"""Databases with thousands of incidents and a million timeline rows, made fast.

States and facts are the real ones, encoded as the store does it. Four incidents, one of each severity, get their
history row by row; the database itself copies it to the others.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert, text

from bot.domain.cadence import next_look
from bot.domain.effects import Place
from bot.domain.events import Declared, Fact, StatusChanged
from bot.domain.incident import Incident, fold
from bot.domain.policy import Policy
from bot.domain.vocabulary import Severity, Status
from bot.store.codec import encode
from bot.store.database import Database
from bot.store.tables import Counter, EntryRow, IncidentRow, PlaceRow
from tests.bench.history import history

BATCH = 5_000
LONG_AGO = timedelta(days=400)
KINDS = len(Severity)
_COPY = text(
    f"""
    INSERT INTO timeline (incident_id, seq, team_id, kind, "at", recorded_at, "by", payload)
    SELECT incidents.id, original.seq, original.team_id, original.kind, original."at", original.recorded_at,
           original."by", original.payload
    FROM incidents JOIN timeline AS original ON original.incident_id = 1 + (incidents.id - 1) % {KINDS}
    WHERE incidents.id BETWEEN {KINDS + 1} AND :last AND original.seq > 1
    """  # noqa: S608  # a number of our own
)
_NEXT_ID = text("SELECT setval(pg_get_serial_sequence('incidents', 'id'), :last)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What is to be in a database. Incidents are numbered from 1, the open ones first; ids are the numbers.

    Attributes:
        open: how many open incidents, all severities alike often, each with a commander and a war room.
        due: when the promise of each runs out.
        closed: how many that were resolved long ago.
        entries: how many timeline rows each open incident has (see `history`); a closed one has two.
        people: ids of those who take part; the first one is everybody's commander.
    """

    open: int
    due: datetime
    closed: int = 0
    entries: int = 3
    team: str = "T1"
    people: tuple[str, ...] = ("UANNA", "UBEN", "UCLEO")


def room(number: int) -> str:
    """The channel id of an incident's war room."""
    return f"CROOM{number}"


async def fill(database: Database, policy: Policy, filling: Filling) -> None:
    """Fill an empty database."""
    async with database.engine.begin() as connection:
        await connection.run_sync(_fill, policy, filling)
    async with database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("ANALYZE"))  # as autovacuum does it; SQLite's planner likes it too


def _fill(connection: Connection, policy: Policy, filling: Filling) -> None:
    opened = [_open(policy, filling, severity) for severity in Severity]
    _add(connection, filling.team, opened, range(1, filling.open + 1))
    connection.execute(_COPY, {"last": filling.open})
    last = filling.open + filling.closed
    resolved = [_resolved(policy, filling, severity) for severity in Severity]
    _add(connection, filling.team, resolved, range(filling.open + 1, last + 1), whole=True)
    connection.execute(insert(Counter).values(team_id=filling.team, last_number=last))
    if connection.dialect.name == "postgresql":
        connection.execute(_NEXT_ID, {"last": last})


@dataclass(frozen=True, slots=True)
class _Example:
    """What all incidents of one kind have in common."""

    facts: list[Fact]
    incident: Incident
    document: dict[str, Any]
    look: datetime | None

    @classmethod
    def of(cls, facts: list[Fact], policy: Policy) -> "_Example":
        incident = fold(facts)
        return cls(facts, incident, encode(incident), next_look(incident, policy, incident.promise_from))


def _open(policy: Policy, filling: Filling, severity: Severity) -> _Example:
    end = filling.due - policy.cadence(severity)
    return _Example.of(history(severity, filling.entries, end=end, people=filling.people), policy)


def _resolved(policy: Policy, filling: Filling, severity: Severity) -> _Example:
    end = filling.due - LONG_AGO
    (declared,) = history(severity, 1, end=end, people=filling.people)
    over = StatusChanged(at=end, by=declared.by, old=Status.TRIAGE, new=Status.RESOLVED)
    return _Example.of([declared, over], policy)


def _add(
    connection: Connection, team: str, examples: list[_Example], numbers: range, *, whole: bool = False
) -> None:
    """Add incidents; except the first few, they get the first fact of their history only, unless `whole`."""
    for start in range(numbers.start, numbers.stop, BATCH):
        batch = range(start, min(start + BATCH, numbers.stop))
        kinds = [(number, examples[(number - 1) % KINDS]) for number in batch]
        entries = [
            row
            for number, example in kinds
            for row in _entry_rows(team, number, example.facts[: None if whole or number <= KINDS else 1])
        ]
        connection.execute(insert(IncidentRow), [_incident_row(team, *kind) for kind in kinds])
        connection.execute(insert(PlaceRow), [_place_row(team, number) for number in batch])
        connection.execute(insert(EntryRow), entries)


def _title(number: int) -> str:
    return f"Checkout is failing in region {number}"


def _incident_row(team: str, number: int, example: _Example) -> dict[str, Any]:
    return {
        "id": number,
        "team_id": team,
        "number": number,
        "version": example.incident.version,
        "closed": example.incident.is_closed,
        "next_look_at": example.look,
        "state": {**example.document, "number": number, "title": _title(number)},
    }


def _place_row(team: str, number: int) -> dict[str, Any]:
    return {"incident_id": number, "name": Place.ROOM, "team_id": team, "channel": room(number), "ts": ""}


def _entry_rows(team: str, number: int, facts: list[Fact]) -> Iterator[dict[str, Any]]:
    for seq, told in enumerate(facts, start=1):
        fact = replace(told, number=number, title=_title(number)) if isinstance(told, Declared) else told
        yield {
            "incident_id": number,
            "seq": seq,
            "team_id": team,
            "kind": type(fact).__name__,
            "at": fact.at,
            "recorded_at": fact.at,
            "by": fact.by,
            "payload": encode(fact),
        }
