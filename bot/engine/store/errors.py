"""Errors of a database, and what they mean for the work in progress."""

import socket
import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.core.errors import WarroomError

TROUBLE = (SQLAlchemyError, OSError)  # what the use of a database may raise, including a timeout

# PostgreSQL docs, "Error Codes", by class: connection, transaction state (read-only), rolled back, resources,
# prerequisites (takes no connections), intervention (shutting down), system. None of them is caused by a row.
_PASSING = frozenset({"08", "25", "40", "53", "55", "57", "58"})
_BROKEN_OFF = frozenset({"08", "57"})  # connection, intervention: they do not tell how a COMMIT ended


class DatabaseUnusableError(WarroomError):
    """The database cannot be used; the message says which one, why, and what to do."""


class DatabaseUnavailableError(DatabaseUnusableError):
    """The database cannot be used at the moment, and may come back by itself: as far as we know nothing is wrong."""


class OutcomeUnknownError(OSError):
    """COMMIT was sent and not answered. It was carried out or not; only a look at the database can tell."""


def is_conclusive(error: DBAPIError | OSError) -> bool:
    """Whether a COMMIT with this error has certainly changed nothing."""
    if isinstance(error, OSError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode & 0xFF != sqlite3.SQLITE_IOERR  # the primary code
    state = getattr(error.orig, "sqlstate", None)
    return state is not None and str(state)[:2] not in _BROKEN_OFF


def is_away(error: Exception) -> bool:
    """Whether the database causes the error, so that the same transaction may well succeed later."""
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeoutError, OSError)):
        return True
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    if (
        state is None
    ):  # the server has said that it closes the connection, and the driver has not noticed the end yet
        return isinstance(error, InternalError)
    return str(state)[:2] in _PASSING


def is_temporary(error: Exception) -> bool:
    """As `is_away`, but before the first success: then an unknown host name, or an invalid file, is a mistake."""
    if isinstance(error, socket.gaierror):
        return error.errno == socket.EAI_AGAIN
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return is_away(error)
