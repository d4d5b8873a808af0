"""How often an act waits for PostgreSQL: each round trip is a tenth of a second where the database is far away."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.incident.dispatch.answers import Answer
from bot.incident.domain.policy import Policy
from tests.conftest import StillClock
from tests.engine.desk import Desk
from tests.engine.world import World
from tests.postgres import empty_database
from tests.wire import Wire, wire_to

Acted = Callable[[Desk, int], Awaitable[Answer]]

# BEGIN, what is locked, what is around it, the writes, COMMIT; before that, where it is and who it is about,
# and who acts: guests see their own war rooms only, so that is read anew for each act, wherever it comes from.
ACTS: dict[str, tuple[int, Acted]] = {
    "declare": (9, lambda desk, turn: desk.word(f"declare sev1 The {turn}th")),
    "declare by the form": (
        10,
        lambda desk, turn: desk.submit("declare", {"title": f"The {turn}th", "severity": "2"}),
    ),
    "note": (12, lambda desk, turn: desk.word(f"note The {turn}th")),
    "update": (13, lambda desk, turn: desk.word(f"update The {turn}th")),
    "update by the form": (14, lambda desk, turn: desk.submit("update", {"conditions": f"{turn}"}, number=1)),
    "take command": (16, lambda desk, turn: desk.press("take_command", turn)),
    "draft": (10, lambda desk, _: desk.word("postmortem", now=desk.world.clock.forward(minutes=2))),
    "list": (3, lambda desk, _: desk.word("list")),
    "timeline": (4, lambda desk, _: desk.word("timeline")),
    "the menu": (6, lambda desk, _: desk.word("")),
    "a form that opens": (3, lambda desk, _: desk.press("update")),
    "Home": (4, lambda desk, _: desk.dispatcher.home(desk.request())),
}


@pytest.fixture
async def wire(postgres: str) -> AsyncIterator[Wire]:
    async with wire_to(await empty_database(postgres)) as wire:
        yield wire


@pytest.fixture
async def desk(wire: Wire, policy: Policy, clock: StillClock) -> AsyncIterator[Desk]:
    database = Database(wire.url)
    await upgrade(database)
    world = World(database, policy, clock)
    for turn in range(3):
        await world.declare(f"Number {turn}")
    await world.deliver()
    yield Desk(world)
    await database.close()


@pytest.mark.parametrize("name", ACTS)
async def test_an_act_waits_for_the_database_no_more_often_than_it_must(
    wire: Wire, desk: Desk, name: str
) -> None:
    most, act = ACTS[name]
    for turn in (1, 2):  # the first ones learn names and prepare statements
        await act(desk, turn)
    before = wire.round_trips
    answer = await act(desk, 3)
    assert answer.refused is None
    assert wire.round_trips - before <= most


async def test_a_connection_that_the_server_closed_meanwhile_is_not_given_out(desk: Desk, wire: Wire) -> None:
    heard = asyncio.Event()
    async with desk.world.database.engine.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        assert driver
        driver.add_termination_listener(lambda _: heard.set())
    for client in list(wire.clients):
        client.cancel()
    await heard.wait()
    assert (await desk.word("list")).message
