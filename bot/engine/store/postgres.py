"""Keeps PostgreSQL's connections usable at low cost, and describes the tables to it."""

import time
from typing import Any

from sqlalchemy import event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.engine.store.tables.base import describe_for_postgres

IDLE = 5.0  # seconds; what lies in between may have dropped a connection that was silent for longer
_SINCE = "warroom_idle_since"


def configure(engine: AsyncEngine) -> None:
    """Never give out a connection that was closed meanwhile.

    We know without a question which connections the server closed. A question for each one, as SQLAlchemy's
    `pool_pre_ping` sends, costs three round trips, in a transaction of its own. So only a connection that was idle for
    long is asked, in one round trip.
    """
    describe_for_postgres()

    @event.listens_for(engine.sync_engine, "connect")
    def _connect(_connection: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkin")
    def _checkin(_connection: Any, record: Any) -> None:
        record.info[_SINCE] = time.monotonic()

    @event.listens_for(engine.sync_engine, "checkout")
    def _checkout(connection: Any, record: Any, _proxy: Any) -> None:
        if connection.driver_connection.is_closed():
            raise DisconnectionError("the server has closed it")
        if time.monotonic() - record.info[_SINCE] > IDLE:
            _ask(connection, engine.dialect.loaded_dbapi.Error)


def _ask(connection: Any, failure: type[Exception]) -> None:
    connection.autocommit = True
    try:
        connection.ping()
    except failure as error:
        raise DisconnectionError("it does not answer") from error
    finally:
        connection.autocommit = False
