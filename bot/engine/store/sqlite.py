"""Makes SQLite safe for many writers."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.ext.asyncio import AsyncEngine

READ_ONLY = "warroom_read_only"
PATIENCE = "warroom_patience"
_PRAGMAS = ("synchronous=FULL", "busy_timeout=5000", "foreign_keys=ON")
_TURNS = 10  # that a replica may have to wait for others that start on the same new file


def make_safe(engine: AsyncEngine) -> None:
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
        if PATIENCE in options:
            connection.exec_driver_sql(f"PRAGMA busy_timeout={round(options[PATIENCE] * 1000)}")
        connection.exec_driver_sql("BEGIN" if options.get(READ_ONLY) else "BEGIN IMMEDIATE")


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
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("ROLLBACK")
        else:
            return
    cursor.execute("PRAGMA journal_mode=WAL")
