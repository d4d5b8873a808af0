"""The database that DATABASE_URL names."""

from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.engine.store.errors import DatabaseUnusableError

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
}


def parse_url(url: str) -> URL:
    """Read a database URL; the usual short forms get the async driver.

    Raises:
        DatabaseUnusableError: it is not a URL, or names a database that warroom cannot use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseUnusableError(
            "DATABASE_URL is not a database URL. Write sqlite:///warroom.db or postgresql://user:password@host/name."
        ) from error
    backend = parsed.get_backend_name()
    if backend not in _DRIVERS:
        raise DatabaseUnusableError(
            f"DATABASE_URL names {backend}, which warroom cannot use. Use sqlite or postgresql."
        )
    return parsed.set(drivername=_DRIVERS[backend])


def missing_file(url: URL) -> Path | None:
    """SQLite's file, if it is not there but could be created; else None."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    path = Path(url.database)
    return path if path.absolute().parent.is_dir() and not path.exists() else None


def check_file(url: URL) -> None:
    """Check that the file can exist. SQLite opens it late, and its own message does not name it."""
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
