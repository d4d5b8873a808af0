"""Silence lets a decision stand: once, at the promised time, whatever becomes of the bot meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy.exc import DBAPIError

from bot.engine.store import due_streams
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.incident import subject
from bot.incident.domain import rules
from bot.incident.domain.incident import fold
from bot.incident.domain.policy import Policy
from bot.incident.store.incidents import INCIDENTS
from bot.ports.slack.calls import Edit, Post
from tests.conftest import StillClock
from tests.engine.decisions.scenario import decided, shown, stood, with_decision
from tests.engine.reminders.scenario import time_passes
from tests.engine.world import ANNA, BEN, TEAM, FakeSlack, World
from tests.postgres import empty_database
from tests.wire import AtCommit, Wire, wire_to


class _Killed(Exception):  # noqa: N818  # no error: the process is gone
    pass


async def _killed_before_the_commit(world: World) -> None:
    """A tick that does everything but the commit."""
    due = subject.make(world.database, lambda: world.house, TEAM, lambda: None).due_source
    with suppress(_Killed):
        async with world.database.writing() as session:
            claimed = await due_streams.claim_due(session, INCIDENTS, TEAM, world.clock(), 10)
            assert (await due.record(session, claimed, world.clock())).count
            raise _Killed


async def test_a_decision_stands_when_nobody_objects_in_time(world: World) -> None:
    await with_decision(world)
    await time_passes(world, 4.9)
    assert await stood(world) == []
    assert not world.slack.of(Edit)
    await time_passes(world, 0.1)
    (fact,) = await stood(world)
    assert fact.at == world.clock()
    (text,) = shown(world)
    assert "*stands* since" in text
    assert not world.slack.of(Post), "that nothing has happened is no news"


async def test_the_clock_looks_when_the_decision_is_due_and_not_before(world: World) -> None:
    await with_decision(world)
    world.clock.forward(minutes=4, seconds=59)
    assert await world.tick() == 0
    world.clock.forward(seconds=1)
    assert [await world.tick(), await world.tick()] == [1, 0]


async def test_several_decisions_stand_one_after_the_other(world: World) -> None:
    await with_decision(world)
    await time_passes(world, 2)
    await decided(world, "Tell the partners")
    await time_passes(world, 3)
    assert [each.number for each in await stood(world)] == [1]
    await time_passes(world, 2)
    assert [each.number for each in await stood(world)] == [1, 2]
    assert len(shown(world, 1)) == len(shown(world, 2)) == 1


async def test_reminders_go_on_beside_a_decision(world: World) -> None:
    await world.declare(commander=BEN)
    world.clock.forward(minutes=10)
    await decided(world)
    world.slack.calls.clear()
    await time_passes(world, 2)
    assert "is due in 3 min" in world.slack.said()[0]
    await time_passes(world, 3)
    assert len(await stood(world)) == 1


async def test_a_bot_that_was_off_lets_it_stand_from_the_promised_time(world: World) -> None:
    await with_decision(world)
    promised = world.clock.forward(minutes=5)
    world.clock.forward(hours=2)
    later = World(world.database, world.policy, world.clock, world.slack, worker="two")
    await later.tick()
    await later.deliver()
    assert [each.at for each in await stood(world)] == [promised]
    assert len(shown(world)) == 1


async def test_a_decision_stands_after_the_incident_is_resolved(world: World) -> None:
    await with_decision(world)
    await world.change(1, rules.resolve)
    await time_passes(world, 5)
    assert len(await stood(world)) == 1
    world.clock.forward(days=1)
    assert await world.tick() == 0


@pytest.mark.parametrize("rule", [rules.object_to_decision, rules.withdraw_decision])
async def test_a_decision_that_is_open_again_or_withdrawn_never_stands(world: World, rule: object) -> None:
    await with_decision(world)
    reason = ("The replica lags",) if rule is rules.object_to_decision else ()
    await world.change(1, rule, 1, *reason, by=BEN)  # type: ignore[arg-type]  # both are rules
    await time_passes(world, 5, 60)
    assert await stood(world) == []


async def test_a_tick_that_is_killed_before_its_commit_leaves_nothing_and_the_next_one_does_it(
    world: World,
) -> None:
    await with_decision(world)
    world.clock.forward(minutes=5)
    await _killed_before_the_commit(world)
    assert await stood(world) == []
    assert await world.tick() == 1
    assert await world.tick() == 0
    await world.deliver()
    assert len(await stood(world)) == len(shown(world)) == 1


async def test_a_clock_that_was_ahead_lets_nothing_stand_early(world: World) -> None:
    await with_decision(world)
    await world.tick()
    world.jump(minutes=4)
    await world.tick()
    world.jump(minutes=-4)
    await world.tick()
    assert await stood(world) == []
    await time_passes(world, 5)
    assert len(await stood(world)) == 1


@pytest.fixture
async def replicas(database_url: str, policy: Policy, clock: StillClock) -> AsyncIterator[list[World]]:
    """Three bots on one database and one Slack."""
    databases = [Database(database_url) for _ in range(3)]
    await upgrade(databases[0])
    slack = FakeSlack()
    yield [World(each, policy, clock, slack, worker) for worker, each in zip("abc", databases, strict=True)]
    for each in databases:
        await each.close()


async def test_replicas_let_it_stand_once(replicas: list[World]) -> None:
    first = replicas[0]
    await with_decision(first)
    first.clock.forward(minutes=5)
    recorded = await asyncio.gather(*(each.tick() for each in replicas * 3))
    await asyncio.gather(*(each.deliver() for each in replicas))
    assert sum(recorded) == 1
    assert len(await stood(first)) == len(shown(first)) == 1


async def test_an_objection_and_the_clock_of_another_replica_agree_on_one_outcome(
    replicas: list[World],
) -> None:
    first, second, third = replicas
    await with_decision(first)
    first.clock.forward(minutes=5)
    act = first.act()
    just_before = first.clock() - timedelta(seconds=1)
    await asyncio.gather(
        second.tick(),
        first.incidents.change(
            act,
            1,
            lambda incident: rules.object_to_decision(incident, 1, "No", by=ANNA, now=just_before),
        ),
        third.tick(),
    )
    await asyncio.gather(*(each.deliver() for each in replicas))
    happened = [entry.fact for entry in await first.timeline(1)]
    assert fold(happened) == await first.incident(1)
    (decision,) = (await first.incident(1)).decisions
    assert (decision.state == "stands") is (len(await stood(first)) == 1)
    assert decision.state in ("stands", "objected")
    assert len(shown(first)) == 1


@pytest.fixture
async def wire(postgres: str) -> AsyncIterator[Wire]:
    async with wire_to(await empty_database(postgres)) as wire:
        yield wire


@pytest.mark.parametrize("breaks", [AtCommit.ANSWER_LOST, AtCommit.NEVER_SENT])
async def test_a_connection_that_breaks_at_the_commit_of_a_tick_neither_loses_nor_repeats_it(
    wire: Wire, policy: Policy, clock: StillClock, breaks: AtCommit
) -> None:
    database = Database(wire.url)
    await upgrade(database)
    world = World(database, policy, clock)
    await with_decision(world)
    clock.forward(minutes=5)
    wire.statement, wire.breaks, wire.cuts = b"INSERT INTO timeline", breaks, 1
    with suppress(DBAPIError, OSError):
        await world.tick()
    assert wire.cuts == 0
    await world.tick()
    await world.deliver()
    assert len(await stood(world)) == len(shown(world)) == 1
    await database.close()
