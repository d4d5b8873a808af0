"""The floor of a tick: its rows, written by the database drivers alone, in durable batches of the same size."""

import json
import sqlite3
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import asyncpg

from bot.engine.clock.due import BATCH
from bot.engine.store.database import Database

Row = tuple[Any, ...]
_DUE = "SELECT id FROM incidents WHERE team_id = {0} AND next_look_at <= {1} ORDER BY next_look_at LIMIT {2}"
_LOOK = "UPDATE incidents SET next_look_at = ? WHERE id = ?"
_LOOK_ALL = (
    "UPDATE incidents SET next_look_at = new.at FROM unnest($1::bigint[], $2::timestamptz[]) AS new(id, at)"
    " WHERE incidents.id = new.id"
)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows that a tick has written into a table, by the id of their incident."""

    name: str
    columns: tuple[str, ...]
    rows: Mapping[int, Sequence[Row]]

    def of(self, ids: Sequence[int]) -> list[Row]:
        """The rows of these incidents."""
        return [row for each in ids for row in self.rows.get(each, ())]

    @property
    def insert(self) -> str:
        """Inserts a row."""
        values = ", ".join("?" * len(self.columns))
        return f"INSERT INTO {self.name} ({', '.join(self.columns)}) VALUES ({values})"  # noqa: S608  # our own names


@dataclass(frozen=True, slots=True)
class Claimed:
    """Everything that a tick has written. `next_looks` says when to look at each incident next."""

    tables: tuple[Table, ...]
    looks: Mapping[int, Any]


async def claimed(database: Database) -> Claimed:
    """Read what a tick has written into a database that had no reminders and no effects before."""
    async with database.engine.connect() as connection:
        tables = []
        for name in ("reminders", "effects"):
            found = await connection.exec_driver_sql(f"SELECT * FROM {name} ORDER BY id")  # noqa: S608  # our own names
            columns = tuple(found.keys())
            rows: defaultdict[int, list[Row]] = defaultdict(list)
            for row in found:
                plain = tuple(json.dumps(each) if isinstance(each, dict) else each for each in row)
                rows[row[columns.index("incident_id")]].append(plain)
            tables.append(Table(name, columns, rows))
        looks = await connection.exec_driver_sql("SELECT id, next_look_at FROM incidents")
        return Claimed(tuple(tables), {row.id: row.next_look_at for row in looks})


async def write_s(database: Database, what: Claimed, team: str, now: datetime) -> float:
    """Write it into a database with the same incidents, all still due. Returns how many seconds that took.

    Each batch is one transaction: it finds what is due, writes its rows and moves the next look.

    Raises:
        AssertionError: it wrote another number of rows, so it is not a floor.
    """
    if database.is_sqlite:
        took = _on_sqlite(str(database.url.database), what, team, now)
    else:
        took = await _on_postgres(database, what, team, now)
    async with database.engine.connect() as connection:
        for table in what.tables:
            counted = await connection.exec_driver_sql(f"SELECT count(*) FROM {table.name}")  # noqa: S608  # our own names
            if counted.scalar_one() != sum(map(len, table.rows.values())):
                raise AssertionError(f"of {table.name} not every row was written")
    return took


def _on_sqlite(file: str, what: Claimed, team: str, now: datetime) -> float:
    due = _DUE.format("?", "?", "?")
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(
            "PRAGMA synchronous=FULL"
        )  # as in the bot; the file already has its write-ahead log
        began, found = time.perf_counter(), [0]
        while found:
            connection.execute("BEGIN IMMEDIATE")
            rows = connection.execute(due, (team, f"{now:%F %T.%f}", BATCH)).fetchall()
            found = [each for (each,) in rows]
            for table in what.tables:
                connection.executemany(table.insert, table.of(found))
            connection.executemany(_LOOK, [(what.looks[each], each) for each in found])
            connection.execute("COMMIT")
        return time.perf_counter() - began


async def _on_postgres(database: Database, what: Claimed, team: str, now: datetime) -> float:
    """The fastest way: COPY, and one statement for all next looks."""
    due = _DUE.format("$1", "$2", "$3") + " FOR UPDATE SKIP LOCKED"
    address = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(address)
    try:
        began, found = time.perf_counter(), [0]
        while found:
            async with connection.transaction():
                found = [row[0] for row in await connection.fetch(due, team, now, BATCH)]
                for table in what.tables:
                    rows = table.of(found)
                    await connection.copy_records_to_table(table.name, records=rows, columns=table.columns)
                await connection.execute(_LOOK_ALL, found, [what.looks[each] for each in found])
        return time.perf_counter() - began
    finally:
        await connection.close()
