"""What all tests share: the default policy, a clock that stands still, and both kinds of database, real ones."""

import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import structlog

from bot import policy_file
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.incident.domain.policy import Policy
from tests.databases import KINDS, StartPostgres, on
from tests.postgres import empty_database

for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"):
    os.environ.pop(name, None)  # otherwise Slack's client would send loopback traffic to the proxy

# By default it prints each traceback with all values, which blocks the event loop for seconds.
structlog.configure(
    processors=[
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)
    ]
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class StillClock:
    """A clock that moves only when a test moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.time = now

    def __call__(self) -> datetime:
        return self.time

    def forward(self, **length: float) -> datetime:
        """Move the clock: `forward(minutes=5)`."""
        self.time += timedelta(**length)
        return self.time


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture(scope="session")
def policy() -> Policy:
    return policy_file.load()


@pytest.fixture(scope="session")
def postgres(start_postgres: StartPostgres) -> Iterator[str]:
    """The URL of the PostgreSQL server that the tests of this process share."""
    with start_postgres() as running:
        yield running.get_uri()


@pytest.fixture(params=[on(kind, kind) for kind in KINDS])
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'warroom.db'}"
    return await empty_database(request.getfixturevalue("postgres"))


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with this release's tables."""
    database = Database(database_url)
    await upgrade(database)
    yield database
    await database.close()
