"""Subjects share the same tables: each counts its own numbers, and none sees the rows of another."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import JSON, DateTime, bindparam, column, insert, table, text
from sqlalchemy.dialects.postgresql import JSONB

from bot.core.decider import Decider, Entry, ListColumns
from bot.engine.store import due_streams
from bot.engine.store.codec import encode
from bot.engine.store.database import Database
from bot.engine.store.streams import Stored, Streams
from bot.incident.domain import rules
from bot.incident.domain.listing import Listing
from bot.incident.store import incidents
from bot.incident.store.figures import open_incidents
from bot.ports.slack.calls import CreateChannel
from tests.conftest import NOON
from tests.engine.world import ANNA, BEN, TEAM, World
from tests.incident.domain.histories import history_of
from tests.incident.domain.situations import declared

Document = JSON().with_variant(JSONB(), "postgresql")


@dataclass(frozen=True, slots=True)
class Promised:
    """Somebody has promised to do something."""

    at: datetime
    by: str
    number: int


@dataclass(frozen=True, slots=True)
class Kept:
    """It is done."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Promise:
    """What somebody promised."""

    number: int
    version: int
    owner: str
    kept: bool = False


Happened = Promised | Kept


def _evolve(promise: Promise | None, fact: Happened) -> Promise:
    if isinstance(fact, Promised):
        return Promise(fact.number, 1, fact.by)
    assert promise
    return replace(promise, version=promise.version + 1, kept=True)


PROMISES: Streams[Promise, Happened] = Streams(
    Decider(
        subject="promise",
        shape=1,
        state=Promise,
        facts={"Promised": Promised, "Kept": Kept},
        evolve=_evolve,
        fold=lambda _: Promise(1, 1, "nobody"),
        list_columns=lambda promise: ListColumns(closed=promise.kept, rank=1, private=False),
        reference=lambda number: f"P-{number}",
    )
)


async def _promised(database: Database, by: str) -> Stored[Promise]:
    async with database.writing() as session:
        number = await PROMISES.next_number(session, TEAM)
        promise, entries = PROMISES.decider.apply(None, [Promised(NOON, by, number)])
        return await PROMISES.add(session, TEAM, promise, entries, next_look_at=None, now=NOON)


async def test_each_subject_counts_its_own_numbers(world: World) -> None:
    assert [(await world.declare()).number, (await world.declare()).number] == [1, 2]
    assert [(await _promised(world.database, ANNA)).state.number for _ in range(2)] == [1, 2]
    assert (await world.declare()).number == 3


async def test_each_workspace_counts_its_own_numbers(world: World) -> None:
    async with world.database.writing() as session:
        numbers = [await PROMISES.next_number(session, team) for team in (TEAM, "T2", TEAM)]
    assert numbers == [1, 1, 2]


async def test_a_number_belongs_to_one_subject(world: World) -> None:
    incident = await world.declare()
    await _promised(world.database, BEN)
    async with world.database.reading() as session:
        ours = await incidents.INCIDENTS.by_number(session, TEAM, 1)
        theirs = await PROMISES.by_number(session, TEAM, 1)
        everyone = await incidents.INCIDENTS.all_streams(session)
    assert ours
    assert theirs
    assert (ours.state, theirs.state) == (incident, Promise(1, 1, BEN))
    assert [each.state for each in everyone] == [incident]


async def test_lists_and_figures_of_incidents_show_no_other_subject(world: World) -> None:
    incident = await world.declare()
    await _promised(world.database, BEN)
    async with world.database.reading() as session:
        shown = await incidents.listed(session, TEAM, ANNA, Listing(), 10)
        figures = await open_incidents(session, TEAM, NOON)
    assert ([each.incident for each in shown.worst], shown.total) == ([incident], 1)
    assert sum(figures.values()) == 1


async def test_a_change_belongs_to_one_subject(world: World) -> None:
    await world.declare()
    stored = await _promised(world.database, BEN)
    async with world.database.writing() as session:
        locked = await PROMISES.lock(session, TEAM, 1)
        assert locked == stored
        promise, entries = PROMISES.decider.apply(locked.state, [Kept(NOON, BEN)])
        await PROMISES.save(session, locked, promise, entries, next_look_at=None, now=NOON)
    await world.change(1, rules.take_command, by=ANNA)
    async with world.database.reading() as session:
        kept = await PROMISES.by_id(session, stored.id)
        history = await PROMISES.timeline(session, stored.id)
        of_number = await PROMISES.history(session, TEAM, 1)
    assert kept.state == Promise(1, 2, BEN, kept=True)
    assert history == [Entry(1, Promised(NOON, BEN, 1)), Entry(2, Kept(NOON, BEN))]
    assert of_number == history
    assert (await world.incident(1)).commander == ANNA


async def test_the_tick_of_incidents_reads_only_incidents(world: World) -> None:
    await world.declare()
    async with world.database.writing() as session:
        promise, entries = PROMISES.decider.apply(None, [Promised(NOON, BEN, 1)])
        await PROMISES.add(session, TEAM, promise, entries, next_look_at=NOON, now=NOON)
        claimed = await due_streams.claim_due(
            session, incidents.INCIDENTS, TEAM, world.clock.forward(days=1), 10
        )
    assert [stored.state.number for stored in claimed] == [1]
    assert await world.tick()


ENTRY = ("team_id", "incident_id", "seq", "kind", "by")


async def test_rows_that_a_replica_of_the_previous_release_writes_are_incidents(world: World) -> None:
    """Release 0.2 beside this one knows no subjects, and asks for its numbers by workspace alone."""
    state = replace(declared(number=1), kind=None)  # the field is new
    counted = text(
        "INSERT INTO counters (team_id, last_number) VALUES (:team, 1) "
        "ON CONFLICT (team_id) DO UPDATE SET last_number = counters.last_number + 1 RETURNING last_number"
    )
    columns = ("team_id", "number", "version", "closed", "severity", "private")
    stored = insert(table("incidents", *map(column, columns), column("state", Document)))
    times = [column(name, DateTime(timezone=True)) for name in ("at", "recorded_at")]
    written = insert(table("timeline", *map(column, ENTRY), *times, column("payload", Document)))
    (fact,) = history_of(state)
    entry = {
        "team_id": TEAM,
        "incident_id": 1,
        "seq": 1,
        "kind": "Declared",
        "by": fact.by,
        "payload": encode(fact),
    }
    row = {"team_id": TEAM, "number": 1, "version": 1, "closed": False, "severity": 1, "private": False}
    effect = text(
        "INSERT INTO effects (team_id, incident_id, kind, payload, key, lane, state, attempts, doubt, due_at, created_at, "
        "leased_by, error) VALUES (:team, 1, 'OpenRoom', '{}', 'k1', '1:open', 'waiting', 0, false, :at, :at, '', '')"
    ).bindparams(bindparam("at", type_=DateTime(timezone=True)))
    async with world.database.engine.begin() as connection:
        assert (await connection.execute(counted, {"team": TEAM})).scalar_one() == 1
        await connection.execute(stored, [row | {"state": encode(state)}])
        await connection.execute(written, [entry | {"at": fact.at, "recorded_at": fact.at}])
        await connection.execute(effect, {"team": TEAM, "at": NOON})
    assert await world.incident(1) == state
    assert (await world.declare()).number == 2
    await world.deliver()
    assert len(world.slack.of(CreateChannel)) == 2
    async with world.database.engine.begin() as connection:
        assert (await connection.execute(counted, {"team": TEAM})).scalar_one() == 3
