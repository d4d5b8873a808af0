"""Export and import lose nothing between SQLite and PostgreSQL, in either direction, and refuse what is not whole."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Date, Integer, UniqueConstraint, delete, insert
from sqlalchemy import Table as SqlTable
from sqlmodel import select

from bot.engine.store import transfer
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.engine.store.tables import EffectRow, EffectState, Utc
from bot.engine.store.tables.base import Json
from bot.engine.store.transfer import TABLES, ExportFileError, Imported
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from bot.incident.store import incidents, search
from tests.conftest import NOON, StillClock
from tests.engine.world import World
from tests.postgres import empty_database

Contents = dict[str, list[dict[str, Any]]]

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # the zone is added
WHOLE = st.integers(0, 2**31 - 1)
DOCUMENTS = st.dictionaries(
    TEXTS,
    st.recursive(
        st.none() | st.booleans() | WHOLE | TEXTS,
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
        max_leaves=4,
    ),
    max_size=3,
)


def _values(column: Column[Any]) -> st.SearchStrategy[Any]:
    if column.key == "state" and column.table.name == "effects":
        return st.sampled_from([str(state) for state in EffectState])
    if isinstance(column.type, Utc):
        values: st.SearchStrategy[Any] = TIMES
    elif isinstance(column.type, Date):
        values = st.dates(date(2000, 1, 1), date(2100, 1, 1))
    elif isinstance(column.type, Json):
        values = DOCUMENTS
    elif isinstance(column.type, Boolean):
        values = st.booleans()
    elif isinstance(column.type, Integer):
        values = WHOLE
    else:
        values = TEXTS
    return values | st.none() if column.nullable else values


def _keys(table: SqlTable) -> list[list[str]]:
    """The columns of the primary key, and of each key that is unique too."""
    unique = [each for each in table.constraints if isinstance(each, UniqueConstraint)]
    columns = [table.primary_key.columns, *(each.columns for each in unique)]
    return [[column.key for column in each] for each in columns] + [
        [column.key] for column in table.columns if column.unique
    ]


@st.composite
def contents(draw: st.DrawFn) -> Contents:
    """Rows of every table that the database would accept."""
    found: Contents = {}
    for table in TABLES:
        streams = [row["id"] for row in found.get("incidents", [])]
        if "stream_id" in table.columns and not streams:
            continue
        columns = {column.key: _values(column) for column in table.columns}
        columns |= {column.key: st.sampled_from(streams) for column in table.columns if column.foreign_keys}
        rows = draw(st.lists(st.fixed_dictionaries(columns), max_size=3))
        for key in _keys(table):
            rows = list({tuple(row[each] for each in key): row for row in rows}.values())
        found[table.name] = rows
    return found


async def _fill(database: Database, rows: Contents) -> None:
    async with database.writing() as session:
        connection = await session.connection()
        for table in reversed(TABLES):
            await connection.execute(delete(table))
        for table in TABLES:
            if rows.get(table.name):
                await connection.execute(insert(table), rows[table.name])


async def _exported(database: Database, since: datetime | None = None) -> list[str]:
    counted: list[int] = []
    async with database.snapshot() as session:
        lines = [line async for line in transfer.export(session, since, counted.append)]
        assert sum(counted) == len(lines) - 2 == await transfer.count(session, since)
    return lines


async def _imported(database: Database, lines: Sequence[str]) -> Imported:
    counted: list[int] = []
    async with database.writing() as session:
        imported = await transfer.load(session, lines, counted.append)
    assert sum(counted) == imported.rows
    return imported


@asynccontextmanager
async def _new(url: str) -> AsyncIterator[Database]:
    database = Database(url)
    await upgrade(database)
    yield database
    await database.close()


def test_whatever_the_tables_hold_comes_out_of_the_other_database_byte_by_byte(
    tmp_path: Path, postgres: str
) -> None:
    with asyncio.Runner() as runner:

        async def _databases() -> tuple[Database, ...]:
            urls = (
                f"sqlite:///{tmp_path / 'a.db'}",
                await empty_database(postgres),
                f"sqlite:///{tmp_path / 'b.db'}",
            )
            # A busy machine may take seconds for a transaction, and hypothesis would take that for a failure.
            for each in (databases := tuple(Database(url).with_timeout(60) for url in urls)):
                await upgrade(each)
            return databases

        async def _round(rows: Contents) -> None:
            await _fill(databases[0], rows)
            lines = await _exported(databases[0])
            assert len(lines) == 2 + sum(map(len, rows.values()))
            for database in databases[1:]:
                await _fill(database, {})
                await _imported(database, lines)
                assert await _exported(database) == lines

        async def _close() -> None:
            for each in databases:
                await each.close()

        @given(contents())
        @settings(
            max_examples=12,
            derandomize=True,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        def _every(rows: Contents) -> None:
            runner.run(_round(rows))

        databases = runner.run(_databases())
        try:
            _every()
        finally:
            runner.run(_close())


@dataclass(frozen=True, slots=True)
class Moved:
    """A database with incidents, its export, and a new database."""

    world: World
    lines: list[str]
    new: Database


@pytest.fixture
async def moved(world: World, request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Moved]:
    shown = await world.declare("Checkout is failing")
    await world.deliver()
    world.clock.forward(days=1)
    await world.declare("Payments are down")
    url = (
        f"sqlite:///{tmp_path / 'new.db'}"
        if world.database.is_sqlite
        else await empty_database(request.getfixturevalue("postgres"))
    )
    async with _new(url) as new:
        yield Moved(world, await _exported(world.database), new)
    assert shown.number == 1


async def test_the_new_database_has_the_same_histories_goes_on_counting_and_finds_by_words(
    moved: Moved, policy: Policy
) -> None:
    await _imported(moved.new, moved.lines)
    world = World(moved.new, policy, StillClock(NOON + timedelta(days=2)))
    assert await world.timeline(1) == await moved.world.timeline(1)
    assert (await world.declare("A third", act="of its own")).number == 3
    async with moved.new.reading() as session:
        everyone = await incidents.INCIDENTS.all_streams(session)
        found = (await session.exec(search.most_alike(session, ["payments"]))).all()
    assert [stored.state.number for stored in everyone] == [1, 2, 3]
    assert len(found) == 1


async def test_what_waits_to_be_shown_is_in_doubt_so_that_nothing_is_shown_twice(moved: Moved) -> None:
    await _imported(moved.new, moved.lines)
    async with moved.new.reading() as session:
        rows = (await session.exec(select(EffectRow))).all()
    assert {(row.state, row.doubt) for row in rows} == {("delivered", False), ("waiting", True)}


async def test_since_takes_whole_incidents_that_changed_then_or_later(moved: Moved) -> None:
    await moved.world.change(1, rules.note, "Errors jumped")
    assert await _exported(moved.world.database, NOON) == [
        moved.lines[0].replace("null", f'"{NOON.isoformat()}"'),
        *(await _exported(moved.world.database))[1:],
    ]
    moved.world.clock.forward(days=1)
    await moved.world.change(2, rules.note, "Card payments only")
    recent = await _exported(moved.world.database, NOON + timedelta(hours=40))
    streams = [json.loads(line)["row"]["number"] for line in recent if '"table":"incidents"' in line]
    assert streams == [2]
    assert any("Payments are down" in line for line in recent if '"table":"timeline"' in line)
    await _imported(moved.new, recent)


def _damaged(lines: list[str]) -> Iterator[tuple[str, list[str], str]]:
    header, *rows, end = lines
    yield "empty", [], "no file of `warroom export`"
    yield "another", ['{"hello": 1}\n'], "no file of `warroom export`"
    yield "no JSON", [header, "PK\x03\x04\n"], "line 2 is not what"
    yield "no object", [header, "[]\n"], "line 2 is not what"
    yield "older", [header.replace('"schema":"', '"schema":"x'), *rows, end], "another release (schema x"
    yield "cut off", [header, *rows], "cut off"
    yield "a row is missing", [header, *rows[1:], end], "does not have the rows"
    yield "longer", [*lines, end], "does not have the rows"
    yield "another table", [header, '{"table":"sqlite_master","row":{}}\n', end], "line 2 is no row"
    yield "no row", [header, '{"table":"counters","row":1}\n', end], "line 2 is no row"
    one = '{"end":true,"rows":1}\n'
    yield "another column", [header, '{"table":"counters","row":{"name":"T1"}}\n', one], "other columns"
    broken = {"table": "refused_blocks", "row": {"team_id": "T1", "kind": "tag", "refused_at": "yesterday"}}
    yield "no time", [header, json.dumps(broken) + "\n", one], "“yesterday” is no time"


async def test_a_file_that_is_not_whole_is_refused_and_changes_nothing(moved: Moved) -> None:
    for name, lines, told in _damaged(moved.lines):
        with pytest.raises(ExportFileError) as refused:
            await _imported(moved.new, lines)
        assert told in str(refused.value), name
    await _imported(moved.new, moved.lines)  # it is still empty


async def test_a_database_that_holds_anything_is_not_overwritten(moved: Moved) -> None:
    with pytest.raises(ExportFileError, match="not empty"):
        await _imported(moved.world.database, moved.lines)
    assert await _exported(moved.world.database) == moved.lines


async def test_characters_that_no_database_takes_are_replaced_and_counted(moved: Moved) -> None:
    half, nul = r"\ud83d", r"\u0000"
    lines = [
        line.replace("Checkout is failing", f"Checkout {half} is {nul} failing")
        if '"table":"timeline"' in line
        else line
        for line in moved.lines
    ]
    assert (await _imported(moved.new, lines)).repaired == 1
    async with moved.new.reading() as session:
        first, *_ = await incidents.timeline(session, 1)
    assert "Checkout \ufffd is \ufffd failing" in str(first.fact)
