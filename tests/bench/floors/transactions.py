"""The floor of a declare: its rows, committed with only `sqlite3`, each time in one durable transaction."""

import shutil
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot import policy_file
from bot.core.clock import utc_now
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.engine.store.tables import Table as Tables
from bot.incident.commands.request import Origin
from tests.bench.percentiles import p50
from tests.conftest import StillClock
from tests.engine.user import User
from tests.engine.world import World

TIMES = 5  # the median of this many runs, so that a single slow fsync does not count
ANSWERED_AT = Origin(response_url="https://hooks.slack.com/commands/T1/1/declare")
_DURABLE = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON")  # as in the bot
_UNIQUE = ("key", "act_id")


@dataclass(frozen=True, slots=True)
class Written:
    """What one transaction has left in a table."""

    table: str
    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]

    def of_another(self, number: int) -> list[dict[str, Any]]:
        """The same rows for another incident with this id and number. The database gives all other ids again."""
        own = {"incident_id": number, "number": number} | (
            {"id": number} if self.table == "incidents" else {}
        )
        copies = [dict(zip(self.columns, row, strict=True)) for row in self.rows]
        return [
            {
                name: own.get(name, f"{value}-{number}" if name in _UNIQUE else value)
                for name, value in copy.items()
            }
            for copy in copies
        ]

    @property
    def statement(self) -> str:
        """Inserts such a row. The row of the counter replaces the one before."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        values = ", ".join(f":{name}" for name in self.columns)
        return f"INSERT OR REPLACE INTO {self.table} ({names}) VALUES ({values})"  # noqa: S608  # our own names


async def total_s(folder: Path, count: int) -> float:
    """How many seconds this many declares take one after another: only rows and durable commits."""
    file = folder / "floor.db"
    written = await rows_of_a_declare(file)
    return p50([sum(commit(file, folder / f"floor_{turn}.db", written, count)) for turn in range(TIMES)])


async def rows_of_a_declare(file: Path) -> list[Written]:
    """Let the bot's own code declare on a new database with that name. Returns what this has written."""
    database = Database(f"sqlite:///{file}")
    try:
        await upgrade(database)
        user = User(World(database, policy_file.load(), StillClock(utc_now())))
        await user.word("declare sev4 The first one makes the declarer known", origin=ANSWERED_AT)
        await user.world.deliver()
        before = _everything(file)
        await user.word("declare sev2 Number 1 is failing", origin=ANSWERED_AT)
        after = _everything(file)
    finally:
        await database.close()
    found = []
    for old, new in zip(before, after, strict=True):
        if rows := [row for row in new.rows if row not in old.rows]:
            kept = [
                place for place, name in enumerate(new.columns) if name != "id" or new.table == "incidents"
            ]
            columns = tuple(new.columns[place] for place in kept)
            found.append(Written(new.table, columns, [tuple(row[place] for place in kept) for row in rows]))
    return found


def _everything(file: Path) -> list[Written]:
    """All tables, those that others refer to first."""
    with closing(sqlite3.connect(file)) as connection:
        found = []
        for table in Tables.metadata.sorted_tables:
            cursor = connection.execute(f"SELECT * FROM {table.name}")  # noqa: S608  # our own names
            columns = tuple(column[0] for column in cursor.description)
            found.append(Written(table.name, columns, cursor.fetchall()))
    return found


def commit(file: Path, copy: Path, written: Sequence[Written], count: int) -> list[float]:
    """Commit them this many times, on a copy of this database. Returns the seconds of each transaction."""
    shutil.copy(file, copy)
    took: list[float] = []
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        for pragma in _DURABLE:
            connection.execute(f"PRAGMA {pragma}")
        last = connection.execute("SELECT max(id) FROM incidents").fetchone()[0]
        for number in range(last + 1, last + 1 + count):
            rows = [(each.statement, each.of_another(number)) for each in written]
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            for statement, some in rows:
                connection.executemany(statement, some)
            connection.execute("COMMIT")
            took.append(time.perf_counter() - began)
    return took
