"""How often an act waits for PostgreSQL: a round trip may take a tenth of a second if the database is far away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.incident.dispatch.answers import Answer
from bot.incident.domain.policy import Policy
from tests.conftest import StillClock
from tests.engine.user import User
from tests.engine.world import World
from tests.postgres import empty_database
from tests.wire import Wire, wire_to

Acted = Callable[[User, int], Awaitable[Answer]]

# BEGIN, the locked rows, the rows around them, the writes, COMMIT. Before that: where the act happens, which incident
# and person it is about, and who acts. Guests see only their own war rooms, so that is read again for each act.
# The form of an update is opened with what was typed before, which an update deletes. A declaration looks for action items that
# were going to prevent it; drafts and Home have those of the incident and of the person, with the names of their owners.
ACTS: dict[str, tuple[int, Acted]] = {
    "declare": (10, lambda user, turn: user.word(f"declare sev1 The {turn}th")),
    "declare by the form": (
        11,
        lambda user, turn: user.submit("declare", {"title": f"The {turn}th", "severity": "2"}),
    ),
    "note": (12, lambda user, turn: user.word(f"note The {turn}th")),
    "update": (14, lambda user, turn: user.word(f"update The {turn}th")),
    "update by the form": (15, lambda user, turn: user.submit("update", {"conditions": f"{turn}"}, number=1)),
    "take command": (16, lambda user, turn: user.press("take_command", turn)),
    "draft": (12, lambda user, _: user.word("postmortem", now=user.world.clock.forward(minutes=2))),
    "list": (3, lambda user, _: user.word("list")),
    "timeline": (5, lambda user, _: user.word("timeline")),
    "the menu": (6, lambda user, _: user.word("")),
    "a form that opens": (4, lambda user, _: user.press("update")),
    "Home": (8, lambda user, _: user.dispatcher.home(user.request())),
}


@pytest.fixture
async def wire(postgres: str) -> AsyncIterator[Wire]:
    async with wire_to(await empty_database(postgres)) as wire:
        yield wire


@pytest.fixture
async def user(wire: Wire, policy: Policy, clock: StillClock) -> AsyncIterator[User]:
    database = Database(wire.url)
    await upgrade(database)
    world = World(database, policy, clock)
    for turn in range(3):
        await world.declare(f"Number {turn}")
    await world.deliver()
    yield User(world)
    await database.close()


@pytest.mark.parametrize("name", ACTS)
async def test_an_act_makes_no_more_round_trips_than_it_needs(wire: Wire, user: User, name: str) -> None:
    most, act = ACTS[name]
    for turn in (1, 2):  # the first acts read names and prepare statements
        await act(user, turn)
    before = wire.round_trips
    answer = await act(user, 3)
    assert answer.refused is None
    assert wire.round_trips - before <= most


async def test_a_connection_that_the_server_has_closed_is_not_used(user: User, wire: Wire) -> None:
    heard = asyncio.Event()
    async with user.world.database.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver
        driver.add_termination_listener(lambda _: heard.set())
    for client in list(wire.clients):
        client.cancel()
    await heard.wait()
    assert (await user.word("list")).message
