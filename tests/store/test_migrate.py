"""Migrations: once, also by replicas that start together, and never backwards."""

import asyncio

import pytest
from sqlalchemy import text

from bot.store.database import Database, DatabaseUnusableError
from bot.store.migrate import differences, upgrade
from bot.store.schema import newest, prepare


async def test_migrations_make_exactly_the_tables_that_the_code_expects(database: Database) -> None:
    assert await differences(database) == []


async def test_a_second_start_changes_nothing(database: Database) -> None:
    await upgrade(database)
    assert await differences(database) == []


async def test_replicas_that_start_together_migrate_once(database_url: str) -> None:
    replicas = [Database(database_url) for _ in range(3)]
    await asyncio.gather(*(upgrade(replica) for replica in replicas))
    assert await differences(replicas[0]) == []
    for replica in replicas:
        await replica.close()


async def test_the_database_of_a_newer_release_is_refused(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(DatabaseUnusableError, match="newer"):
        await upgrade(database)


async def test_a_missing_column_is_noticed(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE people DROP COLUMN zone"))
    assert "zone" in "".join(await differences(database))


async def test_the_newest_revision_is_the_one_that_migrations_lead_to(database: Database) -> None:
    async with database.engine.connect() as connection:
        told = await connection.execute(text("SELECT version_num FROM alembic_version"))
        assert told.scalar_one() == newest()


async def test_an_empty_database_is_prepared_and_a_prepared_one_left_alone(database_url: str) -> None:
    database = Database(database_url)
    await prepare(database)
    assert await differences(database) == []
    async with database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE people DROP COLUMN zone"))
    await prepare(database)  # its revision says that there is nothing to do
    assert len(await differences(database)) == 1
    await database.close()
