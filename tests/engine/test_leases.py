"""Several workers on one outbox: each effect belongs to one worker at a time, whatever happens to the worker."""

import asyncio
from dataclasses import replace

from sqlmodel import select

from bot.core.decision import Refused
from bot.engine.store import leases, outbox
from bot.engine.store.tables import EffectRow, is_pending
from bot.incident.domain import rules
from bot.ports.slack.calls import CreateChannel, Pin
from tests.engine.world import BEN, TEAM, World


async def test_the_effects_of_a_worker_that_died_are_taken_over_in_doubt(world: World) -> None:
    await world.declare()
    async with world.database.writing() as session:
        claimed = await leases.claim(session, TEAM, world.clock(), "died", 1)
    await world.deliver()
    assert world.slack.of(CreateChannel) == []
    world.clock.forward(seconds=leases.LEASE.total_seconds())
    await world.deliver()
    assert len(claimed) == 1
    assert world.slack.in_doubt == world.slack.of(CreateChannel)
    assert len(world.slack.of(CreateChannel)) == 1


async def test_the_effects_of_a_worker_that_is_certainly_gone_are_taken_over_at_once(world: World) -> None:
    await world.declare()
    async with world.database.writing() as session:
        await leases.claim(session, TEAM, world.clock(), "gone", 1)
        await leases.claim(session, TEAM, world.clock(), "alive", 1)
    async with world.database.writing() as session:
        assert await leases.take_over(session, TEAM, lambda worker: worker == "gone") == 1
    await world.deliver()
    assert world.slack.in_doubt == world.slack.of(CreateChannel)


async def test_a_replica_whose_clock_is_behind_delivers_at_once_effects_of_a_replica_ahead(
    world: World,
) -> None:
    world.clock.forward(minutes=1)
    await world.declare()
    world.clock.forward(minutes=-1)
    await world.deliver()
    assert len(world.slack.of(Pin)) == 1


async def test_two_workers_never_deliver_the_same_effect(world: World) -> None:
    for each in range(5):
        await world.declare(f"Incident {each}")
    other = world.new_deliverer(worker="two")
    await asyncio.gather(world.deliver(), other.drain())
    await world.deliver()
    names = [call.names[0] for call in world.slack.of(CreateChannel)]
    assert len(names) == len(set(names)) == 5
    assert len(world.slack.of(Pin)) == 5


async def test_a_running_deliverer_is_woken_by_a_commit_and_finishes_its_calls(world: World) -> None:
    world.slack.line_is_open.clear()
    running = asyncio.create_task(world.deliverer.run())
    await world.declare()
    for calls in (2, 4, 3):
        await world.slack.round_trip(calls)
    world.deliverer.stop()
    async with asyncio.timeout(10):
        await running
    async with world.database.reading() as session:
        waiting = select(EffectRow.kind).where(is_pending(EffectRow))
        assert (await session.exec(waiting)).all() == ["SetBookmarks"]  # whether there is another one to set


async def test_changes_of_another_workspace_are_not_touched(world: World) -> None:
    await world.declare()
    act = world.act()
    other = await world.incidents.change(
        replace(act, team="T2"), 1, lambda state: rules.take_command(state, by=BEN, now=act.now)
    )
    assert other == Refused("There is no INC-1.")


async def test_a_worker_does_not_take_its_own_work_from_itself_when_the_clock_jumps(world: World) -> None:
    world.slack.line_is_open.clear()
    await world.declare()
    delivering = asyncio.create_task(world.deliver())
    await world.slack.round_trip(2)
    world.clock.forward(hours=1)
    await world.slack.round_trip(4)
    await world.slack.round_trip(1)
    await delivering
    assert len(world.slack.of(CreateChannel)) == len(world.slack.of(Pin)) == 1


async def test_the_effects_that_a_worker_releases_are_in_doubt_and_free_at_once(world: World) -> None:
    await world.declare()
    world.slack.line_is_open.clear()
    first = world.new_deliverer(worker="first")
    running = asyncio.create_task(first.run())
    async with asyncio.timeout(10):
        while len(world.slack.under_way) < 2:  # the channel, and who Anna is
            world.slack.rang.clear()
            await world.slack.rang.wait()
    first.stop()
    first.give_up()
    await running
    async with world.database.writing() as session:
        assert await leases.release(session, TEAM, "somebody else") == 0
        released = await leases.release(session, TEAM, "first")
    assert released == 2
    world.slack.line_is_open.set()
    await world.new_deliverer(worker="second").drain()
    assert len(world.slack.in_doubt) == 2
    async with world.database.reading() as session:
        assert await outbox.backlog(session, TEAM) == (0, None)
