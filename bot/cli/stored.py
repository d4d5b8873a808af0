"""`warroom postmortem`, `backup` and `outbox retry`: commands that need only the database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from bot.app import make_house
from bot.application import postmortems
from bot.clock import utc_now
from bot.config import Settings
from bot.store import backup, outbox
from bot.store.database import Database
from bot.store.schema import prepare

PATIENCE = 600.0  # seconds; nobody waits but the one who asked, and `doctor` reads every history


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """The database, brought to this release's tables.

    Raises:
        DatabaseUnusableError: it cannot be used.
    """
    database = Database(settings.database_url).hurried(PATIENCE)
    try:
        await prepare(database)
        yield database
    finally:
        await database.close()


async def postmortem(settings: Settings, number: int) -> str | None:
    """The draft of an incident; None where there is none of this number."""
    house = make_house(settings)
    async with opened(settings) as database:
        return await postmortems.write(database, number, house.policy, house.templates, utc_now())


async def back_up(settings: Settings, file: Path) -> None:
    """Copy the database to a file.

    Raises:
        DatabaseUnusableError: it cannot be copied.
    """
    await asyncio.to_thread(backup.back_up, Database(settings.database_url), file)


async def retry(settings: Settings) -> int:
    """Revive what is dead in the outbox; returns how many there were."""
    async with opened(settings) as database, database.writing() as session:
        return await outbox.revive(session)
