"""PostgreSQL breaks the connection at COMMIT: people are told the result, and a second try does nothing twice."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest

from bot.core import deadline
from bot.engine.acts.idempotency import CommittedBy, Done
from bot.engine.store.database import Database
from bot.engine.store.errors import OutcomeUnknownError
from bot.engine.store.migrate import upgrade
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.store import incidents
from tests.conftest import StillClock
from tests.engine.world import World
from tests.postgres import empty_database
from tests.wire import AtCommit, Wire, wire_to

PEOPLE = 16
SLACKS_PATIENCE = 3.0  # seconds


@pytest.fixture
async def wire(postgres: str) -> AsyncIterator[Wire]:
    async with wire_to(await empty_database(postgres)) as wire:
        yield wire


@pytest.fixture
async def world(wire: Wire, policy: Policy, clock: StillClock) -> AsyncIterator[World]:
    database = Database(wire.url)
    await upgrade(database)
    yield World(database, policy, clock)
    await database.close()


async def _declare(world: World, name: str) -> Done[Incident]:
    done = await world.try_to_declare(name, act=f"form:{name}")
    assert isinstance(done, Done)
    return done


async def _declared(world: World) -> list[str]:
    """The titles of all incidents, by number."""
    async with world.database.reading() as session:
        return [each.state.title for each in await incidents.INCIDENTS.all_streams(session)]


async def test_a_declaration_committed_without_an_answer_is_reported_as_done(
    wire: Wire, world: World
) -> None:
    wire.breaks, wire.cuts = AtCommit.ANSWER_LOST, PEOPLE
    done = await asyncio.gather(*(_declare(world, f"Number {each}") for each in range(PEOPLE)))
    assert wire.cuts == 0
    assert {each.committed_by for each in done} == {CommittedBy.THIS_ACT}
    assert sorted(await _declared(world)) == sorted(f"Number {each}" for each in range(PEOPLE))
    again = await _declare(world, "Number 0")
    assert again.committed_by is CommittedBy.EARLIER_DELIVERY
    assert len(await _declared(world)) == PEOPLE


async def test_a_change_that_was_committed_without_an_answer_is_recorded_once(
    wire: Wire, world: World
) -> None:
    await _declare(world, "Down")
    wire.cuts = 1
    assert isinstance(await world.change(1, rules.post_update, "Half of it works"), Done)
    assert [type(entry.fact) for entry in await world.timeline(1)].count(facts.UpdatePosted) == 1


async def test_an_act_that_was_certainly_not_committed_is_done_again(wire: Wire, world: World) -> None:
    wire.breaks, wire.cuts = AtCommit.NEVER_SENT, 1
    assert (await _declare(world, "Down")).committed_by is CommittedBy.THIS_ACT
    assert await _declared(world) == ["Down"]


@pytest.mark.parametrize("breaks", [AtCommit.ANSWER_LOST, AtCommit.NEVER_SENT])
async def test_the_result_is_unknown_if_the_database_cannot_be_read(
    wire: Wire, world: World, breaks: AtCommit
) -> None:
    wire.breaks, wire.cuts, wire.shuts = breaks, 1, True
    with pytest.raises(OutcomeUnknownError):
        await _declare(world, "Down")
    wire.is_open = True
    how = CommittedBy.EARLIER_DELIVERY if breaks is AtCommit.ANSWER_LOST else CommittedBy.THIS_ACT
    assert (await _declare(world, "Down")).committed_by is how
    assert await _declared(world) == ["Down"]


async def test_a_commit_without_an_answer_is_looked_for_before_the_deadline(wire: Wire, world: World) -> None:
    wire.breaks, wire.cuts = AtCommit.SILENT, 1
    started = time.monotonic()
    with (
        deadline.act(),
        suppress(OutcomeUnknownError),
    ):  # if this machine is busy, there is little time to check
        assert (await _declare(world, "Down")).committed_by is CommittedBy.THIS_ACT
    assert time.monotonic() - started < SLACKS_PATIENCE
    assert await _declared(world) == ["Down"]
