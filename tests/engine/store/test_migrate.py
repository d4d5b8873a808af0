"""Migrations run once, even if replicas start together, and never backwards."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest
from alembic import command
from sqlalchemy import JSON, ColumnClause, Connection, DateTime, column, insert, table, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlmodel import col, select

from bot.engine.store import people
from bot.engine.store.codec import encode
from bot.engine.store.database import Database
from bot.engine.store.errors import DatabaseUnusableError
from bot.engine.store.migrate import config, differences, upgrade
from bot.engine.store.schema import newest, prepare
from bot.engine.store.tables import ActRow, AffectedServiceRow, MemberRow
from bot.incident.domain.incident import Incident
from bot.incident.domain.listing import Listing
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.store import incidents, rooms
from bot.incident.store.presence import Presence
from tests.conftest import NOON
from tests.incident.domain.histories import history_of
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared, resolved, with_role


async def test_migrations_create_exactly_the_tables_that_the_code_expects(database: Database) -> None:
    assert await differences(database) == []


async def test_a_second_start_changes_nothing(database: Database) -> None:
    await upgrade(database)
    assert await differences(database) == []


async def test_replicas_that_start_together_migrate_once(database_url: str) -> None:
    replicas = [Database(database_url) for _ in range(3)]
    await asyncio.gather(*(upgrade(replica) for replica in replicas))
    assert await differences(replicas[0]) == []
    for replica in replicas:
        await replica.close()


async def test_the_database_of_a_newer_release_is_refused(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusableError, match="newer"):
        await upgrade(database)


async def test_a_missing_column_is_noticed(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE people DROP COLUMN zone"))
    assert "zone" in "".join(await differences(database))


async def test_the_newest_revision_is_the_last_migration(database: Database) -> None:
    async with database.engine.connect() as connection:
        told = await connection.execute(text("SELECT version_num FROM alembic_version"))
        assert told.scalar_one() == newest()


async def test_an_empty_database_is_prepared_and_a_prepared_one_is_left_alone(database_url: str) -> None:
    database = Database(database_url)
    await prepare(database)
    assert await differences(database) == []
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE people DROP COLUMN zone"))
    await prepare(database)  # its revision shows that there is nothing to do
    assert len(await differences(database)) == 1
    await database.close()


BEFORE = "0001"
Kept = JSON().with_variant(JSONB(), "postgresql")
INCIDENT = ("team_id", "number", "version", "closed")
ENTRY = ("team_id", "incident_id", "seq", "kind", "by")
ACT = ("team_id", "act_id", "incident_id")
ACTS = ("command:1.2", "form:V1", "event:Ev1", "note:C1:1.000100")


@pytest.fixture
async def released(database_url: str) -> AsyncIterator[Database]:
    """A database of release 0.1.0 with incidents and acts in it."""
    database = Database(database_url)
    async with database.engine.begin() as connection:
        await connection.run_sync(_to, BEFORE)
        await connection.execute(
            insert(table("incidents", *map(column, INCIDENT), column("state", Kept))),
            [
                {
                    "team_id": "T1",
                    "number": each.number,
                    "version": each.version,
                    "closed": each.is_closed,
                    "state": encode(each),
                }
                for each in _left_behind()
            ],
        )
        await connection.execute(
            insert(table("acts", *map(column, ACT), column("at", DateTime(timezone=True)))),
            [{"team_id": "T1", "act_id": act, "incident_id": 1, "at": NOON} for act in ACTS],
        )
        await _write_timelines(connection, _left_behind())
    yield database
    await database.close()


def _left_behind() -> list[Incident]:
    return [
        declared(severity=Severity.SEV3, number=1),
        with_role(
            declared(severity=Severity.SEV2, number=2, private=True, commander=BOB), Role.SCRIBE, CAROL
        ),
        resolved(declared(severity=Severity.SEV1, number=3, commander=BOB)),
        declared(severity=Severity.SEV1, number=4),
    ]


async def _write_timelines(connection: AsyncConnection, incidents: Sequence[Incident]) -> None:
    """Write the history of each; the id of an incident is its place in the list."""
    timeline = table(
        "timeline", *map(column, ENTRY), *map(_time, ("at", "recorded_at")), column("payload", Kept)
    )
    for stream_id, incident in enumerate(incidents, start=1):
        for seq, fact in enumerate(history_of(incident), start=1):
            row: dict[str, Any] = {"team_id": "T1", "incident_id": stream_id, "seq": seq}
            row |= {"kind": type(fact).__name__, "by": fact.by, "payload": encode(fact)}
            await connection.execute(insert(timeline), [row | {"at": fact.at, "recorded_at": fact.at}])


def _time(name: str) -> "ColumnClause[datetime]":
    return column(name, DateTime(timezone=True))


def _to(connection: Connection, revision: str) -> None:
    command.upgrade(config(connection), revision)


async def test_open_incidents_of_the_previous_release_are_found_by_their_participants(
    released: Database,
) -> None:
    await upgrade(released)
    assert await differences(released) == []
    async with released.reading() as session:
        seen = {
            who: await incidents.listed(session, "T1", who, Listing(), 20)
            for who in (ALICE, BOB, CAROL, "USTRANGER")
        }
        theirs = await incidents.of_responder(session, "T1", BOB, 20)
        members = (await session.exec(select(MemberRow.stream_id, MemberRow.person))).all()
    assert {who: [listed.incident.number for listed in each.worst] for who, each in seen.items()} == {
        ALICE: [4, 2, 1],
        BOB: [4, 2, 1],
        CAROL: [4, 2, 1],
        "USTRANGER": [4, 1],
    }
    assert [listed.incident.number for listed in theirs.worst] == [2]
    assert sorted(members) == [(1, ALICE), (2, ALICE), (2, BOB), (2, CAROL), (4, ALICE)]


async def test_of_the_earlier_acts_only_a_marked_message_is_kept_for_ever(released: Database) -> None:
    await upgrade(released)
    async with released.reading() as session:
        acts = (await session.exec(select(ActRow.act_id).where(ActRow.permanent))).all()
    assert acts == ["note:C1:1.000100"]


@pytest.fixture
async def before_rooms(database_url: str) -> AsyncIterator[Database]:
    """A database of release 0.2.0, with a private incident, its room and a person whose name was read today."""
    database = Database(database_url)
    private = declared(number=1, private=True, commander=BOB)
    state = {name: value for name, value in encode(private).items() if name != "vacated_at"}
    async with database.engine.begin() as connection:
        await connection.run_sync(_to, "0002")
        of = {"team_id": "T1", "incident_id": 1}
        rows: dict[str, dict[str, Any]] = {
            "incidents": {"id": 1, "team_id": "T1", "number": 1, "version": 2, "closed": False, "severity": 1}
            | {"private": True, "state": state},
            "members": of | {"person": BOB, "responds": True},
            "places": of | {"name": "room", "channel": "CROOM1", "ts": ""},
            "people": {"team_id": "T1", "user_id": BOB, "name": "Bob", "zone": "", "is_bot": False}
            | {"seen_at": NOON},
        }
        for name, row in rows.items():
            columns: list[Any] = [column(each, KINDS.get(each)) for each in row]
            await connection.execute(insert(table(name, *columns)), [row])
        await _write_timelines(connection, [private])
    yield database
    await database.close()


KINDS: dict[str, Any] = {"state": Kept, "seen_at": DateTime(timezone=True)}


async def test_rooms_of_the_previous_release_are_read_and_until_then_its_participants_see_the_incident(
    before_rooms: Database,
) -> None:
    await upgrade(before_rooms)
    assert await differences(before_rooms) == []
    async with before_rooms.writing() as session:
        found = await incidents.found(session, "T1", BOB, number=1)
        assert found is not None
        assert found[0].state.without_commander_since == NOW
        assert found[1] == Presence("CROOM1", None, None)
        listed = [await incidents.listed(session, "T1", who, Listing(), 20) for who in (BOB, CAROL)]
        assert [each.total for each in listed] == [1, 0]
        await rooms.schedule_all_reads(session, "T1", NOON)
        assert await rooms.claim_reads(session, "T1", NOON, NOON, 5) == [1]


async def test_known_people_are_looked_up_again_because_they_may_be_guests(
    before_rooms: Database,
) -> None:
    await upgrade(before_rooms)
    async with before_rooms.reading() as session:
        bob = (await people.known(session, "T1", [BOB]))[BOB]
    assert NOON - bob.seen_at > timedelta(days=365)
    assert (bob.is_guest, bob.is_active) == (False, True)


async def test_services_that_are_in_the_states_already_are_found(database: Database) -> None:
    states = [
        {"services": ["search", "search", "gone"]},
        {"services": []},
        {},
        [],
        {"services": "x"},
    ]
    incident = table("incidents", column("id"), *map(column, INCIDENT), column("state", Kept))
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(sync), "0018"))
        for number, state in enumerate(states, start=1):
            row = {
                "id": number,
                "team_id": "T1",
                "number": number,
                "version": 1,
                "closed": False,
                "state": state,
            }
            await connection.execute(insert(incident), [row])
        await connection.run_sync(_to, "head")
    async with database.reading() as session:
        rows = (
            await session.exec(select(AffectedServiceRow).order_by(col(AffectedServiceRow.service)))
        ).all()
    assert [(row.service, row.stream_id) for row in rows] == [
        ("gone", 1),
        ("search", 1),
    ]


async def test_the_migrations_back_to_the_previous_release_work(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(sync), BEFORE))
        await connection.run_sync(_to, "head")
    assert await differences(database) == []
