"""Makes SQLite safe for many writers."""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite
from sqlalchemy import URL, Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine
from sqlalchemy.pool import AsyncAdaptedQueuePool

READ_ONLY = "warroom_read_only"
BUSY_TIMEOUT = "warroom_busy_timeout"
_PRAGMAS = ("synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON")
_BEGIN_TO_WRITE = "BEGIN IMMEDIATE"
_TURNS = 10  # that a replica may have to wait for others that start on the same new file


class InlineConnection(aiosqlite.Connection):
    """A connection that can execute statements in the event loop.

    aiosqlite hands every step of every statement to a thread: about thirty times in an act, which takes longer than the
    statements themselves. Those of an act, or of a look, need some microseconds each.

    Attributes:
        inline: whether statements are executed in the event loop. What waits for other processes or for the disk never
            is.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(connector, iter_chunk_size=64)
        self._thread.daemon = True  # a process ends although a connection is open, as with SQLAlchemy's own
        self._in_thread: deque[None] = deque()  # one for each step that the thread has not ended
        self.inline = False

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        # A step whose caller was cancelled goes on in the thread. The next ones must wait for it there.
        if self.inline and self._connection and not self._in_thread and not self._waits(fn, args):
            return fn(*args, **kwargs)
        self._in_thread.append(None)
        return await super()._execute(self._in_turn, fn, *args, **kwargs)  # type: ignore[no-untyped-call]

    def _in_turn(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        try:
            return fn(*args, **kwargs)
        finally:
            self._in_thread.pop()

    def _waits(self, fn: Callable[..., Any], args: Sequence[Any]) -> bool:
        """Whether it waits: for the disk, or for the write lock."""
        return fn in (self._conn.commit, self._conn.close) or _BEGIN_TO_WRITE in args


def options(url: URL) -> dict[str, Any]:
    """What SQLAlchemy needs to know to open connections of this kind."""
    arguments: Any
    arguments, how = url.get_dialect()().create_connect_args(url)

    async def connect() -> aiosqlite.Connection:
        return await InlineConnection(lambda: sqlite3.connect(*arguments, **how))

    # As many as the pool opens anyway, but kept: to open one takes longer than an act.
    return {
        "async_creator": connect,
        "poolclass": AsyncAdaptedQueuePool,
        "pool_size": 15,
        "max_overflow": 0,
    }


def configure(engine: AsyncEngine) -> None:
    """Set up a write-ahead log, durable commits, and writers that wait for each other instead of failing.

    With SQLite's default (deferred) BEGIN, most concurrent read-modify-writes fail. BEGIN IMMEDIATE takes the write
    lock at once, so that each waits its turn. Source: SQLite docs, "Transactions".
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
            connection.close()  # nobody else closes it: it never reaches the pool
            raise
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        driver: Any = connection.connection.driver_connection
        driver.inline = BUSY_TIMEOUT in options or READ_ONLY in options
        if BUSY_TIMEOUT in options:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={round(options[BUSY_TIMEOUT] * 1000)}")
        connection.exec_driver_sql("BEGIN" if options.get(READ_ONLY) else _BEGIN_TO_WRITE)


def _write_ahead(cursor: Any) -> None:
    """Switch a file to the write-ahead log.

    If another connection writes to a file that is not switched yet, SQLite refuses at once instead of waiting. An empty
    transaction does wait; after it the other connection has switched the file, or it is our turn.
    """
    for _ in range(_TURNS):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            cursor.execute(_BEGIN_TO_WRITE)
            cursor.execute("ROLLBACK")
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")
