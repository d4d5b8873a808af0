"""The engine with all that it needs, for the tests of the engine, on each database."""

from dataclasses import replace

import pytest

from bot import policy_file
from bot.engine.store.database import Database
from bot.incident.domain.policy import Policy
from tests.conftest import StillClock
from tests.engine.world import World


@pytest.fixture(scope="session")
def policy() -> Policy:
    """Without a canvas, which is shown after a pause: most tests are about what is shown at once."""
    return replace(policy_file.load(), canvas=False)


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return World(database, policy, clock)
