"""What goes wrong with a database, and what that means for what was under way."""

import socket
import sqlite3

from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.core.errors import WarroomError

TROUBLE = (SQLAlchemyError, OSError)  # what the use of a database may raise, a time-out among it

# PostgreSQL docs, "Error Codes", by class: connection, transaction state (read-only), rolled back, resources,
# prerequisites (takes no connections), intervention (shutting down), system. Nothing of it is a row's fault.
_PASSING = frozenset({"08", "25", "40", "53", "55", "57", "58"})
_BROKEN_OFF = frozenset({"08", "57"})  # connection, intervention: no verdict about the COMMIT that was sent


class DatabaseUnusableError(WarroomError):
    """The database cannot be used; the message says which one, why, and what to do."""


class DatabaseAwayError(DatabaseUnusableError):
    """The database cannot be used just now, and may well come back by itself: nothing is wrong as far as we know."""


class OutcomeUnknownError(OSError):
    """COMMIT was sent and not answered: it was carried out or not, and only a look at the database can tell."""


def is_verdict(error: DBAPIError | OSError) -> bool:
    """Whether a COMMIT that failed so has surely changed nothing."""
    if isinstance(error, OSError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return error.orig.sqlite_errorcode & 0xFF != sqlite3.SQLITE_IOERR  # the primary code
    state = getattr(error.orig, "sqlstate", None)
    return state is not None and str(state)[:2] not in _BROKEN_OFF


def is_away(error: Exception) -> bool:
    """Whether the database is to blame, and the same transaction may well succeed later."""
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeoutError, OSError)):
        return True
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    if (
        state is None
    ):  # the driver is at a loss: the server's farewell has come, and the end of the line not yet
        return isinstance(error, InternalError)
    return str(state)[:2] in _PASSING


def comes_back(error: Exception) -> bool:
    """As `is_away`, before anything has ever worked: a name that nobody knows, or a file that is none, is a mistake."""
    if isinstance(error, socket.gaierror):
        return error.errno == socket.EAI_AGAIN
    cause = getattr(error, "orig", None)
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", None) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
    return is_away(error)
