"""An act has one deadline: a step that does not fit is not started, and an optional step does not stop the act."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.core import deadline
from bot.core.people import Profile
from bot.engine.acts.idempotency import Done
from bot.engine.people import SAVED_WITHIN, People
from bot.engine.store.database import Database
from bot.engine.store.errors import OutcomeUnknownError
from bot.engine.store.migrate import upgrade
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from tests.conftest import StillClock
from tests.engine.user import User
from tests.engine.world import ANNA, TEAM, World
from tests.postgres import empty_database
from tests.wire import Wire, wire_to

SLACKS_PATIENCE = 3.0  # seconds
CROWD = 200


@pytest.fixture
async def wire(postgres: str) -> AsyncIterator[Wire]:
    async with wire_to(await empty_database(postgres)) as wire:
        yield wire


@pytest.fixture
async def far(wire: Wire, policy: Policy, clock: StillClock) -> AsyncIterator[User]:
    """A user whose database is far away; an incident is declared, and statements are prepared."""
    database = Database(wire.url)
    await upgrade(database)
    user = User(World(database, policy, clock))
    await user.word("declare sev1 Down")
    await user.world.deliver()
    await user.word("update Since noon")
    yield user
    wire.delay = 0.0
    await database.close()


@asynccontextmanager
async def _busy(database: Database) -> AsyncIterator[None]:
    """Somebody else writes to the same table or file, and does not finish."""
    async with database.writing() as session:
        if not database.is_sqlite:
            await (await session.connection()).execute(text("LOCK TABLE people IN EXCLUSIVE MODE"))
        yield


async def test_an_act_past_its_deadline_is_not_started(world: World) -> None:
    with deadline.act(ago=deadline.DONE), pytest.raises(TimeoutError):
        await world.declare()
    assert (await world.declare()).number == 1


async def test_an_act_has_more_time_if_its_ack_has_more_time(world: World) -> None:
    with deadline.act(ago=deadline.DONE, ack=deadline.SLACK_WAITS + 30):
        assert (await world.declare()).number == 1


async def test_an_act_waits_for_others_no_longer_than_its_remaining_time(world: World) -> None:
    number = (await world.declare()).number
    async with world.database.writing() as session:
        await (await session.connection()).execute(text("UPDATE incidents SET version = version"))
        with deadline.act(ago=deadline.DONE - 0.2):
            started = time.monotonic()
            with pytest.raises(TimeoutError):
                await world.change(number, rules.post_update, "Half of it works")
            assert time.monotonic() - started < deadline.DONE
    assert len(await world.timeline(number)) == 1


@pytest.mark.parametrize("delay", [0.05, 0.1])
async def test_a_database_that_is_far_away_does_not_make_an_act_late(
    far: User, wire: Wire, delay: float
) -> None:
    wire.delay = delay
    started = time.monotonic()
    with deadline.act():
        assert (await far.word("update Half of it works")).refused is None
    assert time.monotonic() - started < SLACKS_PATIENCE


@pytest.mark.parametrize("delay", [0.6, 30.0])
async def test_with_a_slow_or_silent_database_people_are_told_in_time_and_nothing_is_recorded(
    far: User, wire: Wire, delay: float
) -> None:
    wire.delay = delay
    started = time.monotonic()
    with deadline.act(), pytest.raises((DBAPIError, OSError)):
        await far.word("update Half of it works")
    assert time.monotonic() - started < SLACKS_PATIENCE
    wire.delay = 0.0
    assert len(await far.world.timeline(1)) == 2


async def test_each_of_many_acts_at_once_is_done_or_reported_as_failed(world: World) -> None:
    user = User(world)

    async def declare(turn: int) -> tuple[bool, float]:
        started = time.monotonic()
        with deadline.act():
            try:
                await user.word(f"declare sev2 Number {turn}")
            except OutcomeUnknownError:
                raise
            except (TimeoutError, OSError):
                return False, time.monotonic() - started
        return True, time.monotonic() - started

    outcomes = await asyncio.gather(*(declare(turn) for turn in range(CROWD)))
    assert max(seconds for _, seconds in outcomes) < SLACKS_PATIENCE
    assert (await world.declare("The next")).number == sum(done for done, _ in outcomes) + 1


async def test_a_name_that_cannot_be_saved_does_not_stop_an_act(world: World) -> None:
    people = People(world.database, world.slack.perform, world.clock, timeout=5.0)
    async with _busy(world.database):
        assert await people.find(TEAM, ANNA) == Profile(ANNA, "Uanna", "Europe/Berlin")
    assert await people.find(TEAM, ANNA) == Profile(ANNA, "Uanna", "Europe/Berlin")


async def test_a_name_is_read_from_a_slow_database_as_long_as_the_act_allows(far: User, wire: Wire) -> None:
    people = People(far.world.database, far.world.slack.perform, far.world.clock, timeout=5.0)
    known = await people.find(TEAM, ANNA)
    wire.delay = SAVED_WITHIN + 0.2
    with deadline.act():
        assert await people.find(TEAM, ANNA) == known


async def test_a_name_takes_no_more_than_the_remaining_time_of_the_act(world: World) -> None:
    people = People(world.database, world.slack.perform, world.clock, timeout=30.0)
    world.slack.line_is_open.clear()
    with deadline.act(ago=deadline.DONE - 0.1):
        assert await people.find(TEAM, ANNA) == Profile(ANNA, ANNA, "")


async def test_outside_an_act_there_is_no_deadline(world: World) -> None:
    assert deadline.left(7.0) == 7.0
    assert isinstance(await world.change((await world.declare()).number, rules.take_command), Done)
