"""The engine with all that it needs, for the tests of the engine, on each database."""

import pytest

from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from tests.conftest import StillClock
from tests.engine.world import World


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return World(database, policy, clock)
