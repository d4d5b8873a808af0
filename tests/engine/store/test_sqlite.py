"""SQLite's statements: which are executed in the event loop, and which in the connection's thread."""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.store.database import Database
from bot.engine.store.schema import prepare
from bot.engine.store.sqlite import InlineConnection

WRITE = "UPDATE people SET name = 'Anna'"


@pytest.fixture(name="file")
def a_file(tmp_path: Path) -> Path:
    """Where the database is."""
    return tmp_path / "warroom.db"


@pytest.fixture(name="kept")
async def an_open_database(file: Path) -> AsyncIterator[Database]:
    """A database with its tables."""
    database = Database(f"sqlite:///{file}")
    await prepare(database)
    yield database
    await database.close()


async def _traced(session: AsyncSession, seen: list[tuple[str, bool]]) -> None:
    """Note each statement of this connection from now on, and whether the event loop executes it."""
    loop = threading.get_ident()
    driver: Any = (await (await session.connection()).get_raw_connection()).driver_connection
    await driver.set_trace_callback(lambda sql: seen.append((sql, threading.get_ident() == loop)))


async def _write(session: AsyncSession) -> None:
    await (await session.connection()).exec_driver_sql(WRITE)


async def test_only_the_statements_that_wait_leave_the_event_loop(kept: Database) -> None:
    seen: list[tuple[str, bool]] = []
    for _ in range(2):
        async with kept.writing() as session:
            await _traced(session, seen)
            await _write(session)
    assert [(sql, in_loop) for sql, in_loop in seen if not sql.startswith("PRAGMA")] == [
        (WRITE, True),
        ("COMMIT", False),
        ("BEGIN IMMEDIATE", False),
        (WRITE, True),
        ("COMMIT", False),
    ]


async def test_a_migration_leaves_the_event_loop_free(kept: Database) -> None:
    loop = threading.get_ident()
    async with kept.engine.begin() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.create_function("thread", 0, threading.get_ident)
        thread = (await connection.exec_driver_sql("SELECT thread()")).scalar_one()
    assert thread != loop


async def test_a_cancelled_writer_leaves_no_transaction_open(kept: Database, file: Path) -> None:
    loop, begins = asyncio.get_running_loop(), asyncio.Event()

    def note(sql: str) -> None:
        if sql == "BEGIN IMMEDIATE":
            loop.call_soon_threadsafe(begins.set)

    async with kept.writing() as session:
        driver: Any = (await (await session.connection()).get_raw_connection()).driver_connection
        await driver.set_trace_callback(note)

    async def write() -> None:
        async with kept.writing():
            pytest.fail("another process holds the lock")

    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(write())
        await begins.wait()
        writing.cancel()
        other.execute("ROLLBACK")
        with suppress(asyncio.CancelledError):
            await writing
        other.execute("BEGIN IMMEDIATE")  # nobody holds the lock
        other.execute("ROLLBACK")
    async with kept.writing() as session:
        await _write(session)


async def test_what_follows_a_cancelled_statement_waits_for_its_end(file: Path) -> None:
    loop, begins, seen = asyncio.get_running_loop(), asyncio.Event(), list[str]()
    connection = InlineConnection(
        lambda: sqlite3.connect(file, isolation_level=None, check_same_thread=False)
    )
    await connection
    connection.inline = True

    def note(sql: str) -> None:
        seen.append(f"{sql} by {threading.current_thread().name}")
        loop.call_soon_threadsafe(begins.set)

    await connection.set_trace_callback(note)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        beginning = asyncio.create_task(_run(connection, "BEGIN IMMEDIATE"))
        await begins.wait()
        beginning.cancel()
        following = asyncio.create_task(_run(connection, "ROLLBACK"))
        await asyncio.wait({beginning})
        other.execute("ROLLBACK")
        await following
    assert not connection.in_transaction
    await _run(connection, "SELECT 1")
    await connection.close()
    thread = connection._thread.name  # nothing else tells it
    main = threading.main_thread().name
    assert seen == [f"BEGIN IMMEDIATE by {thread}", f"ROLLBACK by {thread}", f"SELECT 1 by {main}"]


async def _run(connection: InlineConnection, sql: str) -> None:
    await connection.execute(sql)
