"""Clocks that are wrong for a while, by hours or minutes: nothing waits for longer than the longest pause."""

from datetime import datetime, timedelta

import pytest

from bot.core.clock_jumps import TOLERATED, ClockJumps
from bot.engine.store import leases
from bot.engine.store.leases import LEASE
from bot.engine.store.outcomes import LONGEST_PAUSE
from bot.incident.domain import rules
from bot.ports.port import Dead, Retry
from bot.ports.slack.calls import CreateChannel, Edit, Pin, Post
from tests.conftest import NOON
from tests.engine.world import BEN, INCIDENTS, TEAM, World

PAUSE = LONGEST_PAUSE.total_seconds()


async def test_an_effect_put_off_while_the_clock_is_ahead_does_not_wait_that_long(world: World) -> None:
    await world.declare()
    await world.deliver()
    world.slack.answers[Edit] = [Retry("http_503")] * 2
    await world.change(1, rules.snooze, timedelta(minutes=10), reason="rolling back")
    world.jump(hours=1)
    await world.change(1, rules.take_command, by=BEN)
    await world.deliver()
    edits = len(world.slack.of(Edit))
    world.jump(hours=-1)
    world.slack.answers.clear()
    await world.deliver()
    world.clock.forward(seconds=PAUSE)
    await world.deliver()
    assert len(world.slack.of(Edit)) == edits + 2  # the card and the announcement


async def test_a_rate_limited_call_while_the_clock_is_ahead_does_not_wait_that_long(world: World) -> None:
    world.slack.answers[CreateChannel] = [Retry("ratelimited", after=timedelta(seconds=30))]
    world.jump(hours=1)
    await world.declare()
    await world.deliver()
    world.jump(hours=-1)
    await world.deliver()
    world.clock.forward(seconds=PAUSE)
    await world.deliver()
    assert len(world.slack.of(Pin)) == 1


@pytest.mark.parametrize("hours", [1, -1])
async def test_a_clock_jump_lets_nobody_take_over_the_effects_of_another_worker(
    world: World, hours: int
) -> None:
    second = World(world.database, world.policy, world.clock, world.slack, worker="two")
    await second.deliver()
    await world.declare()
    async with world.database.writing() as session:
        held = await leases.claim(session, TEAM, world.clock(), "one", 64)
    second.jump(hours=hours)
    await second.deliver()
    second.clock.forward(seconds=LEASE.total_seconds() - 1)
    await second.deliver()
    assert world.slack.of(CreateChannel) == []
    second.clock.forward(seconds=1)
    await second.deliver()
    assert len(world.slack.in_doubt) == len(held) == 2  # its worker never came back


async def test_effects_of_a_worker_that_died_while_the_clock_was_ahead_are_soon_free(world: World) -> None:
    world.jump(hours=1)
    await world.declare()
    async with world.database.writing() as session:
        await leases.claim(session, TEAM, world.clock(), "died", 64)
    world.jump(hours=-1)
    second = World(world.database, world.policy, world.clock, world.slack, worker="two")
    async with world.database.writing() as session:  # as at each start: it has not noticed the jump
        await leases.settle(session, TEAM, world.clock(), leases=False)
    world.clock.forward(seconds=LEASE.total_seconds())
    await second.deliver()
    assert len(world.slack.of(Pin)) == 1


async def test_reminders_do_not_stop_for_as_long_as_the_clock_was_ahead(world: World) -> None:
    await world.declare(commander=BEN)
    await world.tick()
    world.jump(hours=6)
    await world.tick()
    world.jump(hours=-6)
    await world.tick()
    world.clock.forward(minutes=15)
    assert await world.tick() > 0


async def test_an_announcement_does_not_wait_for_the_clock_of_its_writer(world: World) -> None:
    world.slack.answers[CreateChannel] = [Dead("restricted_action")]
    world.jump(minutes=20)
    await world.declare()  # by a replica that is 20 min ahead
    world.jump(minutes=-20)
    await world.deliver()
    world.clock.forward(seconds=PAUSE)
    await world.deliver()
    assert [post.channel for post in world.slack.of(Post)] == [INCIDENTS]


async def test_a_replica_whose_clock_is_behind_delivers_and_reminds_and_others_deliver_for_it(
    world: World,
) -> None:
    world.jump(minutes=-20)
    await world.declare(commander=BEN)  # by a replica that is 20 min behind
    world.jump(minutes=20)
    await world.deliver()
    assert len(world.slack.of(Pin)) == 1
    assert await world.tick() > 0


def test_a_jump_is_noticed_and_a_slow_answer_is_not_a_jump() -> None:
    now, passed = NOON, 0.0

    def look(clock: float, timer: float) -> float:
        nonlocal now, passed
        now, passed = now + timedelta(seconds=clock), passed + timer
        return jumps.detect(now)

    jumps = ClockJumps(lambda: passed)
    assert look(0, 0) == 0
    assert look(1, 1) == 0
    assert look(1, 1 + TOLERATED / 2) == 0
    assert look(3601, 1) == 3600
    assert look(1, 1) == 0
    assert look(-3599, 1) == -3600
    assert isinstance(now, datetime)
