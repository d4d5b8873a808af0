"""Brings a database to this release's tables."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.engine.store.database import Database
from bot.engine.store.errors import DatabaseUnusableError
from bot.engine.store.tables import Table

_FOLDER = Path(__file__).parent / "migrations"
_LOCK_TIMEOUT = "500ms"  # less than the second after which PostgreSQL ends a deadlock, and an act has three
_ONE_AT_A_TIME = 0x77617272  # the advisory lock's number: any number, as long as all replicas use the same


async def upgrade(database: Database) -> None:
    """Run the missing migrations; replicas that start together run them once.

    Raises:
        DatabaseUnusableError: the database cannot be used, or comes from a newer release.
        DBAPIError: among others, somebody holds a table for too long; nothing was changed.
    """
    await database.check()
    async with database.engine.connect() as connection, _unreferenced(connection), connection.begin():
        await connection.run_sync(_upgrade)


@asynccontextmanager
async def _unreferenced(connection: AsyncConnection) -> AsyncIterator[None]:
    """Let SQLite replace a table, to which other rows refer, by an altered copy.

    SQLite ignores references meanwhile, and all of them are checked before the commit. This can be switched only
    outside a transaction (SQLite docs, "ALTER TABLE", the procedure of twelve steps).
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = (await connection.get_raw_connection()).driver_connection
    if driver is None:
        raise DatabaseUnusableError("the connection to the database was closed")
    await driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        await driver.execute("PRAGMA foreign_keys=ON")


async def differences(database: Database) -> list[str]:
    """What the tables lack, or have in excess, compared with what this release expects; empty if nothing."""
    async with database.engine.connect() as connection:
        found = await connection.run_sync(
            lambda sync: compare_metadata(
                MigrationContext.configure(sync, opts={"include_name": _is_ours}), Table.metadata
            )
        )
    return [str(each) for each in found]


def _is_ours(name: str | None, _type: str, _parents: Mapping[str, str | None]) -> bool:
    """Whether SQLModel describes it: not the words, of which each kind of database has its own tables and columns."""
    return name not in ("words", "ix_incidents_words") and not (name or "").startswith("incident_words")


def config(connection: Connection) -> Config:
    """Alembic's configuration, without a file of its own."""
    alembic = Config()
    alembic.set_main_option("script_location", str(_FOLDER))
    alembic.attributes["connection"] = connection
    return alembic


@cache
def _known_revisions() -> tuple[str, ...]:
    """All revisions of this release, the latest first. Alembic imports each migration for that."""
    return tuple(script.revision for script in ScriptDirectory(str(_FOLDER)).walk_revisions())


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # SQLite's BEGIN IMMEDIATE has locked already.
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
        # Whoever asks for a table that a migration waits for waits too. A backup may hold a table for long, and an act of
        # another replica may hold one and wait for the next: rather start again than hold up, or break, what people do.
        connection.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'"))
    current = MigrationContext.configure(connection).get_current_revision()
    known = _known_revisions()
    if current == known[0]:
        return
    if current is not None and current not in known:
        raise DatabaseUnusableError(
            f"the database is at revision {current}, which this release does not know: it was used by a newer "
            "warroom. Install that release, or restore the backup from before the upgrade."
        )
    command.upgrade(config(connection), "head")
    if connection.dialect.name == "sqlite" and (
        lost := connection.execute(text("PRAGMA foreign_key_check")).all()
    ):
        raise DatabaseUnusableError(
            f"rows of the database refer to others that are not there, as in the table {lost[0][0]}: nothing was "
            "changed. Restore a backup."
        )
