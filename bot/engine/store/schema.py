"""Whether the tables are this release's. It is asked at every start without Alembic, which only a migration needs."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.core.without import without
from bot.engine.store.database import Database

_MIGRATIONS = Path(__file__).parent / "migrations" / "versions"


async def prepare(database: Database) -> None:
    """Bring the database to this release's tables.

    Raises:
        DatabaseUnavailableError: the database cannot be used at the moment.
        DatabaseUnusableError: the database cannot be used, or comes from a newer release.
    """
    await database.check()
    if await _revision(database) != newest():
        with without("pygments"):  # with which Mako, Alembic's template library, would colour its errors
            from bot.engine.store.migrate import upgrade  # noqa: PLC0415  # see above

        async with database.at_the_start():
            await upgrade(database)


def newest() -> str:
    """The revision of this release's last migration: the number at the start of its file name."""
    return max(path.name.partition("_")[0] for path in _MIGRATIONS.glob("[0-9]*.py"))


async def _revision(database: Database) -> str | None:
    """The database's revision; None if it has none or cannot tell. Alembic then finds the cause."""
    try:
        async with database.engine.connect() as connection:
            result = await connection.execute(text("SELECT version_num FROM alembic_version"))
            return result.scalar_one_or_none()
    except DBAPIError:
        return None
