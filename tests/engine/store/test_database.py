"""A database that cannot be used is refused at the start, with what to do about it."""

import asyncio
import socket
import sqlite3
import threading
from datetime import datetime
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import InternalError, OperationalError

from bot.engine.store.database import Database
from bot.engine.store.errors import DatabaseUnavailableError, DatabaseUnusableError, is_away
from bot.engine.store.tables import PersonRow, Utc
from bot.engine.store.url import parse_url
from tests.conftest import NOON
from tests.postgres import empty_database


async def _refusal(url: str, kind: type[DatabaseUnusableError] = DatabaseUnusableError) -> str:
    database = Database(url)
    with pytest.raises(DatabaseUnusableError) as refused:
        await database.check()
    assert type(refused.value) is kind
    await database.close()
    for (
        thread
    ) in threading.enumerate():  # after a failed connect, the thread of aiosqlite calls the loop once more
        if "_connection_worker_thread" in thread.name:
            await asyncio.to_thread(thread.join, 5)
    return str(refused.value)


@pytest.mark.parametrize(
    ("name", "comes_back"), [("nobody knows it", False), ("the name server is away", True)]
)
async def test_an_unknown_host_name_is_a_mistake_and_an_unreachable_name_server_is_not(
    name: str,
    comes_back: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    error = socket.gaierror(socket.EAI_AGAIN if comes_back else socket.EAI_NONAME, name)
    with pytest.raises(DatabaseUnavailableError if comes_back else socket.gaierror):
        async with Database("sqlite:///nowhere.db").at_the_start():
            raise error


async def test_a_missing_database_is_a_mistake_and_one_that_accepts_no_connections_is_not(
    postgres: str,
) -> None:
    unknown = await _refusal(postgres.replace("/postgres?", "/nothing?"))
    assert 'database "nothing" does not exist' in unknown
    url = await empty_database(postgres)
    admin = await asyncpg.connect(postgres)
    await admin.execute(f"ALTER DATABASE {Database(url).url.database} ALLOW_CONNECTIONS false")
    await admin.close()
    database = Database(url)
    with pytest.raises(DatabaseUnavailableError, match="not currently accepting connections"):
        await database.check()
    await database.close()


async def test_a_locked_file_may_become_usable_and_a_file_that_is_no_database_may_not(tmp_path: Path) -> None:
    file = tmp_path / "warroom.db"
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    other = sqlite3.connect(file, isolation_level=None, timeout=0)
    with pytest.raises(sqlite3.OperationalError) as locked:
        other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseUnavailableError):
        async with Database(f"sqlite:///{file}").at_the_start():
            raise OperationalError("BEGIN IMMEDIATE", None, locked.value)
    for connection in (holder, other):
        connection.close()
    file.write_text("no database at all" * 100)
    assert "file is not a database" in await _refusal(f"sqlite:///{file}")


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///warroom.db", "sqlite+aiosqlite"),
        ("postgres://me:secret@db/warroom", "postgresql+asyncpg"),
        ("postgresql+psycopg://db/warroom", "postgresql+asyncpg"),
    ],
)
def test_the_usual_short_urls_get_the_async_driver(url: str, driver: str) -> None:
    assert parse_url(url).drivername == driver


@pytest.mark.parametrize("url", ["warroom.db", "", "mysql://db/warroom"])
def test_a_url_of_an_unsupported_database_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(DatabaseUnusableError, match="sqlite"):
        parse_url(url)


async def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    assert f"no folder {tmp_path / 'missing'}" in await _refusal(f"sqlite:///{tmp_path}/missing/warroom.db")


async def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    assert "that is a folder" in await _refusal(f"sqlite:///{tmp_path}")


async def test_a_database_in_memory_is_refused_because_it_would_be_lost() -> None:
    assert "forget" in await _refusal("sqlite://")


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that not even root can write to")
async def test_a_folder_that_cannot_be_written_to_is_reported() -> None:
    assert "cannot use the database" in await _refusal("sqlite:////proc/warroom.db")


async def test_a_file_that_is_not_a_database_is_refused_by_name(tmp_path: Path) -> None:
    file = tmp_path / "notes.db"
    file.write_text("these are my notes, and long enough to be read as a header " * 3)
    assert "notes.db" in await _refusal(f"sqlite:///{file}")


async def test_an_unreachable_server_may_come_back_and_is_named_without_its_password() -> None:
    told = await _refusal("postgresql://me:hunter2@127.0.0.1:1/warroom", DatabaseUnavailableError)
    assert "hunter2" not in told
    assert "DATABASE_URL" in told


async def test_the_shown_url_hides_the_password() -> None:
    database = Database("postgresql://me:hunter2@db/warroom")
    assert "hunter2" not in database.shown
    await database.close()


async def test_sqlite_keeps_what_it_has_committed(tmp_path: Path) -> None:
    database = Database(f"sqlite:///{tmp_path / 'warroom.db'}")
    async with database.engine.connect() as connection:
        found = {
            name: (await connection.execute(text(f"PRAGMA {name}"))).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    await database.close()
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000}


async def test_a_replica_waits_while_another_creates_the_tables_in_a_new_file(
    tmp_path: Path,
) -> None:
    file = tmp_path / "warroom.db"
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    database = Database(f"sqlite:///{file}")
    checking = asyncio.create_task(database.check())
    await asyncio.wait({checking}, timeout=0.2)
    waits = not checking.done()
    other.execute("COMMIT")
    other.close()
    await checking
    await database.close()
    assert waits


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        Utc().process_bind_param(datetime(2026, 3, 2, 12, 0), None)  # type: ignore[arg-type]  # noqa: DTZ001  # the point


async def test_a_failed_transaction_leaves_nothing_behind(database: Database) -> None:
    async def half() -> None:
        async with database.writing() as session:
            session.add(PersonRow(team_id="T1", user_id="U1", name="Anna", seen_at=NOON))
            raise LookupError

    with pytest.raises(LookupError):
        await half()
    async with database.reading() as session:
        assert await session.get(PersonRow, ("T1", "U1")) is None


def test_a_time_is_read_back_as_it_was_written() -> None:
    assert Utc().process_result_value(NOON.replace(tzinfo=None), None) == NOON  # type: ignore[arg-type]  # no dialect needed


def test_a_password_in_the_urls_query_is_not_shown() -> None:
    database = Database("postgresql://db.example/warroom?user=w&password=hush")
    assert database.shown == "postgresql+asyncpg://db.example/warroom"


def test_a_connection_that_breaks_inside_the_driver_counts_as_a_database_that_is_away() -> None:
    driver_error = asyncpg.InternalClientError(
        "cannot switch to state 15; another operation (2) is in progress"
    )
    assert is_away(InternalError(None, None, driver_error))
    assert not is_away(InternalError(None, None, asyncpg.InternalServerError("corrupted")))
    assert not is_away(ValueError())
