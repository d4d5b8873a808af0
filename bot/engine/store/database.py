"""The database: engine, sessions and the setup that makes SQLite safe for many writers."""

import asyncio
import copy
import math
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy import func
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core import deadline
from bot.core.clock import utc_now
from bot.engine.store import postgres, sqlite
from bot.engine.store.codec import dump, load
from bot.engine.store.errors import (
    DatabaseUnavailableError,
    DatabaseUnusableError,
    OutcomeUnknownError,
    is_conclusive,
    is_temporary,
)
from bot.engine.store.url import check_file, parse_url

Session = AsyncSession  # for modules that only pass one on, and do not use SQL

LEAVE = 0.1  # seconds for the orderly end of a cancelled statement; SQLAlchemy allows two
TIMEOUT = 5.0  # seconds; nobody waits for work in the background, but a stop must be quick
CONNECTING = 10.0  # seconds that a server may take to accept a connection at the start


class Database:
    """One database. Every write is a transaction that sees the latest state; others see all of it or nothing.

    Attributes:
        timeout: how long a transaction may wait for others, and for the database itself, in seconds.
    """

    def __init__(self, url: str) -> None:
        self.url = parse_url(url)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.timeout = TIMEOUT
        self._late: set[asyncio.Task[None]] = set()  # commits that nobody waits for any longer
        self._turns = asyncio.Lock()  # SQLite has one writer: ours take turns in the order of their requests
        self.engine: AsyncEngine = create_async_engine(
            self.url,
            **(sqlite.options(self.url) if self.is_sqlite else {}),
            pool_use_lifo=True,  # the connection that was used last is most likely still open
            json_serializer=dump,
            json_deserializer=load,
            hide_parameters=True,  # they contain what people typed, and errors are logged
        )
        if self.is_sqlite:
            sqlite.configure(self.engine)
        else:
            postgres.configure(self.engine)

    def with_timeout(self, timeout: float) -> Self:
        """The same database for somebody who can wait only this long (in seconds)."""
        changed = copy.copy(self)
        changed.timeout = timeout
        return changed

    @property
    def shown(self) -> str:
        """The URL without its password, for people to read. A query may contain a password too."""
        return self.url.set(query={}).render_as_string(hide_password=True)

    @asynccontextmanager
    async def writing(self, until: float = deadline.DONE) -> AsyncIterator[AsyncSession]:
        """A transaction that commits at the end, or rolls back if anything is raised.

        Args:
            until: if an act waits for it, the time by which it must have ended: seconds from the act's arrival.

        Raises:
            TimeoutError: others kept the database busy for longer than we may wait; SQLAlchemy's OperationalError means
                the same. Nothing was changed.
            OutcomeUnknownError: see there.
        """
        loop = asyncio.get_running_loop()
        timeout = deadline.left(self.timeout, until)
        if not timeout:
            raise TimeoutError("it is too late to begin")
        ends = loop.time() + timeout
        async with AsyncExitStack() as held:
            await held.enter_async_context(self._turn(ends))
            session = await held.enter_async_context(AsyncSession(self.engine, expire_on_commit=False))
            async with _until(None if self.is_sqlite else ends):
                if self.is_sqlite:  # our turn in this process; other processes may be at work
                    wait = max(ends - loop.time(), 0.0)
                    await session.connection(execution_options={sqlite.BUSY_TIMEOUT: wait})
                yield session
                await session.flush()
            await self._commit(session, until, held)

    async def _commit(self, session: AsyncSession, until: float, held: AsyncExitStack) -> None:
        """Commit. Once COMMIT was sent, only its answer tells how it ended; background work waits for the answer."""
        wait = deadline.left(math.inf, max(until, deadline.COMMITTED))
        driver = (await (await session.connection()).get_raw_connection()).driver_connection
        commit = asyncio.create_task(session.commit())
        try:
            await asyncio.wait({commit}, timeout=None if wait == math.inf else wait)
        finally:
            if not commit.done():
                late = asyncio.create_task(self._clear_up(driver, commit, held.pop_all()))
                self._late.add(late)
                late.add_done_callback(self._late.discard)
        if not commit.done():
            raise OutcomeUnknownError("COMMIT takes too long")
        try:
            commit.result()
        except (DBAPIError, OSError) as error:
            if is_conclusive(error):
                raise
            raise OutcomeUnknownError("the answer to COMMIT did not come") from error

    async def _clear_up(self, driver: Any, commit: "asyncio.Task[None]", held: AsyncExitStack) -> None:
        """Release what an abandoned COMMIT holds, when it has ended."""
        if not self.is_sqlite:
            driver.terminate()  # the connection is dead; the commit of a file ends by itself
        await asyncio.wait({commit})
        commit.exception()  # whoever did the act looks in the database for the outcome
        await held.aclose()

    @asynccontextmanager
    async def _turn(self, ends: float) -> AsyncIterator[None]:
        """On SQLite, wait for our turn in this process."""
        if not self.is_sqlite:
            yield
            return
        async with asyncio.timeout_at(ends):
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads; on SQLite it does not wait for a writer.

        Raises:
            TimeoutError: the database did not answer in time.
        """
        async with self._reading(self.engine.execution_options(**{sqlite.READ_ONLY: True})) as session:
            yield session

    @asynccontextmanager
    async def snapshot(self) -> AsyncIterator[AsyncSession]:
        """A session that only reads, and whose queries all see the same moment."""
        if self.is_sqlite:  # there, it is so anyway
            async with self.reading() as session:
                yield session
            return
        async with self._reading(self.engine.execution_options(isolation_level="REPEATABLE READ")) as session:
            yield session

    @asynccontextmanager
    async def autocommitting(self) -> AsyncIterator[AsyncSession]:
        """A session for statements that need no common transaction: on PostgreSQL each is one round trip."""
        if self.is_sqlite:
            async with self.reading() as session:
                yield session
            return
        async with self._reading(self.engine.execution_options(isolation_level="AUTOCOMMIT")) as session:
            yield session

    @asynccontextmanager
    async def _reading(self, engine: AsyncEngine) -> AsyncIterator[AsyncSession]:
        nobody_waits = self.is_sqlite and not deadline.is_set()
        ends = asyncio.get_running_loop().time() + deadline.left(self.timeout, deadline.DONE)
        wait = _until(None if nobody_waits else ends)
        async with AsyncSession(engine, expire_on_commit=False) as session, wait:
            yield session

    async def now(self) -> datetime:
        """The database's own time (UTC): replicas whose clocks differ agree on it. SQLite uses the machine's clock."""
        if self.is_sqlite:
            return utc_now()
        async with self.reading() as session:
            server_time: datetime = (await session.exec(select(func.clock_timestamp()))).one()
        return server_time.astimezone(UTC)

    async def check(self) -> None:
        """Check that the database can be reached and written to.

        Raises:
            DatabaseUnavailableError: it cannot at the moment.
            DatabaseUnusableError: it cannot.
        """
        if self.is_sqlite:
            check_file(self.url)
        try:
            async with self.at_the_start(), asyncio.timeout(CONNECTING), self.engine.begin() as connection:
                await connection.exec_driver_sql("SELECT 1")
        except (DBAPIError, OSError) as error:
            reason = getattr(error, "orig", None) or error
            raise DatabaseUnusableError(
                f"cannot use the database {self.shown}: {reason}. Check DATABASE_URL and that it can be written to."
            ) from error

    @asynccontextmanager
    async def at_the_start(self) -> AsyncIterator[None]:
        """A block that the bot needs before it can begin, and for which it can wait.

        Raises:
            DatabaseUnavailableError: the database could not be used at that moment.
        """
        try:
            yield
        except (DBAPIError, PoolTimeoutError, OSError) as error:
            if not is_temporary(error):
                raise
            reason = getattr(error, "orig", None) or str(error) or type(error).__name__
            raise DatabaseUnavailableError(
                f"the database {self.shown} cannot be used just now: {reason}. See whether it is up, and check DATABASE_URL."
            ) from error

    async def close(self) -> None:
        """Close every connection."""
        if self._late:
            await asyncio.wait(self._late)
        await self.engine.dispose()


@asynccontextmanager
async def _until(ends: float | None) -> AsyncIterator[None]:
    """Give up at that time (of the event loop), and `LEAVE` seconds later give up closing the connection too.

    Raises:
        TimeoutError: the time has come.
    """
    leave = None if ends is None else ends + LEAVE
    async with asyncio.timeout_at(leave), asyncio.timeout_at(ends):
        yield
