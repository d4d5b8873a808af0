"""The tables are upgraded while others use them: replicas of the release before, and backups."""

import asyncio

import pytest
from alembic import command
from sqlalchemy import text

from bot.engine.store.database import Database
from bot.engine.store.errors import DatabaseUnavailableError
from bot.engine.store.migrate import config, differences
from bot.engine.store.schema import prepare
from tests.postgres import empty_database

BEFORE = "0005"  # of release 0.2.1


async def test_a_backup_that_holds_a_table_holds_up_the_upgrade_but_no_other_replica(postgres: str) -> None:
    database = Database(await empty_database(postgres))
    async with database.engine.begin() as connection:
        await connection.run_sync(lambda sync: command.upgrade(config(sync), BEFORE))
    async with database.engine.connect() as backup, asyncio.timeout(20):
        await backup.execute(text("SELECT count(*) FROM incidents"))
        upgrading = asyncio.create_task(prepare(database))
        await _waits(database)
        async with database.reading() as replica:  # behind the upgrade, which gives way
            await (await replica.connection()).execute(text("SELECT count(*) FROM incidents"))
        with pytest.raises(DatabaseUnavailableError, match="lock timeout"):
            await upgrading
    await prepare(database)
    assert await differences(database) == []
    await database.close()


async def _waits(database: Database) -> None:
    """Wait until somebody waits for a whole table."""
    waits = text("SELECT count(*) FROM pg_locks WHERE locktype = 'relation' AND NOT granted")
    waiting = 0
    while not waiting:
        async with database.reading() as session:
            waiting = (await (await session.connection()).execute(waits)).scalar_one()
