"""Are the tables this release's? Asked at every start, so without Alembic, which only a migration needs."""

from pathlib import Path

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.engine.store.database import Database

_MIGRATIONS = Path(__file__).parent / "migrations" / "versions"


async def prepare(database: Database) -> None:
    """Bring the database to this release's tables.

    Raises:
        DatabaseAwayError: the database cannot be used just now.
        DatabaseUnusableError: the database cannot be used, or comes from a newer release.
    """
    await database.check()
    if await _revision(database) != newest():
        from bot.engine.store.migrate import upgrade  # noqa: PLC0415  # see above

        async with database.at_the_start():
            await upgrade(database)


def newest() -> str:
    """The revision that this release's last migration leads to: the number that its file begins with."""
    return max(path.name.partition("_")[0] for path in _MIGRATIONS.glob("[0-9]*.py"))


async def _revision(database: Database) -> str | None:
    """The database's revision; None where it has none, or cannot tell: then Alembic finds out what is the matter."""
    try:
        async with database.engine.connect() as connection:
            told = await connection.execute(text("SELECT version_num FROM alembic_version"))
            return told.scalar_one_or_none()
    except DBAPIError:
        return None
