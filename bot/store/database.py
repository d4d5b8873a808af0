"""The database: engine, sessions and the set-up that makes SQLite safe for many writers."""

import asyncio
import copy
import socket
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from sqlalchemy import Connection, event, func
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.clock import utc_now
from bot.errors import WarroomError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}
_READ_ONLY = "warroom_read_only"
_PATIENCE = "warroom_patience"
PATIENCE = 5.0  # seconds; nobody waits for what is done in the background, but a stop must be swift
CONNECTING = 10.0  # seconds that a server may take to let us in at the start
_PRAGMAS = ("synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON")
_TURNS = 10  # that a replica may have to wait for others which start on the same new file


# PostgreSQL docs, "Error Codes", by class: connection, transaction state (read-only), rolled back, resources,
# prerequisites (takes no connections), intervention (shutting down), system. Nothing of it is a row's fault.
_PASSING = frozenset({"08", "25", "40", "53", "55", "57", "58"})


class DatabaseUnusableError(WarroomError):
    """The database cannot be used; the message says which one, why, and what to do."""


class DatabaseAwayError(DatabaseUnusableError):
    """The database cannot be used just now, and may well come back by itself: nothing is wrong as far as we know."""


class Database:
    """One database. Every write is a transaction that sees the latest state and is seen whole or not at all.

    Attributes:
        patience: for how long a transaction may wait for others, and for the database itself, in seconds.
    """

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.patience = PATIENCE
        self._turns = asyncio.Lock()  # SQLite has one writer: ours come in the order of their asking
        self.engine: AsyncEngine = create_async_engine(
            self.url,
            pool_pre_ping=not self.is_sqlite,
            hide_parameters=True,  # they hold what people typed, and errors end up in logs
        )
        if self.is_sqlite:
            _make_sqlite_safe(self.engine)

    def hurried(self, patience: float) -> Self:
        """The same database for somebody who can wait only so long (in seconds)."""
        hurried = copy.copy(self)
        hurried.patience = patience
        return hurried

    @property
    def shown(self) -> str:
        """The URL without its password, for people to read. A query may hold one, too."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        """A transaction that commits at the end, or rolls back where anything is raised.

        Raises:
            TimeoutError: others kept the database busy for longer than we may wait; so does SQLAlchemy's
                OperationalError. Nothing was changed.
        """
        opened = self._writing_sqlite() if self.is_sqlite else self._writing_postgres()
        async with opened as session:
            yield session

    @asynccontextmanager
    async def _writing_sqlite(self) -> AsyncIterator[AsyncSession]:
        """Wait for our turn in this process, then for other processes: both together not longer than we may."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.patience
        async with asyncio.timeout_at(deadline):
            await self._turns.acquire()
        try:
            async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
                left = max(deadline - loop.time(), 0.0)
                await session.connection(execution_options={_PATIENCE: left})
                yield session
        finally:
            self._turns.release()

    @asynccontextmanager
    async def _writing_postgres(self) -> AsyncIterator[AsyncSession]:
        """Everything but the commit may be given up: once that was sent, only its answer tells how it ended."""
        async with AsyncSession(self.engine, expire_on_commit=False) as session, session.begin():
            async with asyncio.timeout(self.patience):
                yield session
                await session.flush()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads; on SQLite it does not wait for a writer.

        Raises:
            TimeoutError: PostgreSQL did not answer in time.
        """
        engine = self.engine.execution_options(**{_READ_ONLY: True})
        async with AsyncSession(engine, expire_on_commit=False) as session:
            async with asyncio.timeout(None if self.is_sqlite else self.patience):
                yield session

    async def now(self) -> datetime:
        """The database's own time (UTC): replicas whose clocks differ agree on it. SQLite has the machine's."""
        if self.is_sqlite:
            return utc_now()
        async with self.reading() as session:
            told: datetime = (await session.exec(select(func.clock_timestamp()))).one()
        return told.astimezone(UTC)

    async def check(self) -> None:
        """Make sure that it can be reached and written to.

        Raises:
            DatabaseAwayError: not just now.
            DatabaseUnusableError: it cannot.
        """
        if self.is_sqlite:
            _check_file(self.url)
        try:
            async with self.at_the_start(), asyncio.timeout(CONNECTING), self.engine.begin() as connection:
                await connection.exec_driver_sql("SELECT 1")
        except (DBAPIError, OSError) as error:
            reason = getattr(error, "orig", None) or error
            raise DatabaseUnusableError(
                f"cannot use the database {self.shown}: {reason}. Check DATABASE_URL and that it can be written to."
            ) from error

    @asynccontextmanager
    async def at_the_start(self) -> AsyncIterator[None]:
        """Something without which the bot cannot begin, and for which it can wait.

        Raises:
            DatabaseAwayError: the database could not be used just then.
        """
        try:
            yield
        except (DBAPIError, PoolTimeoutError, OSError) as error:
            if not _comes_back(error):
                raise
            reason = getattr(error, "orig", None) or str(error) or type(error).__name__
            raise DatabaseAwayError(
                f"the database {self.shown} cannot be used just now: {reason}. See whether it is up, and check DATABASE_URL."
            ) from error

    async def close(self) -> None:
        """Let go of every connection."""
        await self.engine.dispose()


def is_away(error: Exception) -> bool:
    """Whether the database is to blame, and the same transaction may well succeed later."""
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeoutError, OSError)):
        return True
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return str(state)[:2] in _PASSING


def _comes_back(error: Exception) -> bool:
    """As `is_away`, before anything has ever worked: a name that nobody knows, or a file that is none, is a mistake."""
    if isinstance(error, socket.gaierror):
        return error.errno == socket.EAI_AGAIN
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return is_away(error)


def parse_url(url: str) -> URL:
    """Read a database URL; the usual short forms get the async driver.

    Raises:
        DatabaseUnusableError: it is no URL, or of no database that warroom can use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusableError(
            "DATABASE_URL is no database URL. Write sqlite:///warroom.db or postgresql://user:password@host/name."
        ) from error
    backend = parsed.get_backend_name()
    if backend not in _DRIVERS:
        raise DatabaseUnusableError(
            f"DATABASE_URL names {backend}, which warroom cannot use. There are sqlite and postgresql."
        )
    return parsed.set(drivername=_DRIVERS[backend])


def _check_file(url: URL) -> None:
    """SQLite opens lazily and its own message names no file: look first."""
    if not url.database or url.database == ":memory:":
        raise DatabaseUnusableError(
            "DATABASE_URL names no file: a database in memory would forget incidents."
        )
    path = Path(url.database)
    folder = path.absolute().parent
    if not folder.is_dir():
        raise DatabaseUnusableError(
            f"cannot use the database {path}: there is no folder {folder}. Create it or change DATABASE_URL."
        )
    if path.is_dir():
        raise DatabaseUnusableError(f"cannot use the database {path}: that is a folder. Change DATABASE_URL.")


def _write_ahead(cursor: Any) -> None:
    """Switch a file to the write-ahead log.

    While another connection writes to a file that is not switched yet, SQLite refuses at once instead of waiting. An
    empty transaction does wait; after it the other one has switched, or it is our turn.
    """
    for _ in range(_TURNS):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")


def _make_sqlite_safe(engine: AsyncEngine) -> None:
    """Write-ahead log, durable commits, and writers that queue instead of failing.

    With SQLite's default (deferred) BEGIN, of concurrent read-modify-writes most fail; BEGIN IMMEDIATE takes the
    write lock at once, so that each waits its turn. Source: SQLite docs, "Transactions".
    """

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # the driver's own BEGIN would come too late
        cursor = connection.cursor()
        try:
            for pragma in _PRAGMAS:
                cursor.execute(f"PRAGMA {pragma}")
            _write_ahead(cursor)
        except sqlite3.Error:
            connection.close()  # nobody else would: it never reaches the pool
            raise
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if _PATIENCE in options:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={round(options[_PATIENCE] * 1000)}")
        connection.exec_driver_sql("BEGIN" if options.get(_READ_ONLY) else "BEGIN IMMEDIATE")
