"""A copy of a SQLite database, made while the bot runs."""

import sqlite3
from contextlib import closing
from pathlib import Path

from bot.engine.store.database import Database
from bot.engine.store.errors import DatabaseUnusableError


def back_up(database: Database, file: Path) -> None:
    """Write a copy of the present state; the bot continues meanwhile.

    Effects that wait to be shown in Slack are in doubt in the copy: Slack may already show them when it is restored, so
    they are looked for before they are sent.

    Raises:
        DatabaseUnusableError: it is not a SQLite database, or the copy cannot be made.
    """
    source = Path(database.url.database or "")
    if not database.is_sqlite:
        raise DatabaseUnusableError(
            "only SQLite is copied like this. For PostgreSQL: pg_dump, see docs/operations.md."
        )
    if not source.is_file():
        raise DatabaseUnusableError(f"there is no database {source}: check DATABASE_URL.")
    if file.exists():
        raise DatabaseUnusableError(f"{file} exists already and is not overwritten: name another file.")
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(file)) as new,
        ):
            old.backup(new)
            new.execute("UPDATE effects SET doubt = 1 WHERE state IN ('waiting', 'leased')")
            new.commit()
            (found,) = new.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.Error as error:
        raise DatabaseUnusableError(f"cannot copy {source} to {file}: {error}.") from error
    if found != "ok":
        raise DatabaseUnusableError(f"the copy {file} is damaged ({found}): so is {source}, or the disk.")
