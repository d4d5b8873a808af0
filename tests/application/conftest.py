"""The world of the application's tests, on each database."""

import pytest

from bot.incident.domain.policy import Policy
from bot.store.database import Database
from tests.application.world import World
from tests.conftest import StillClock


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return World(database, policy, clock)
