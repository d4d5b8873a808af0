"""Several workspaces on one database: each bot does its own work, and leaves the others' alone."""

from datetime import timedelta

from bot.engine.clock.housekeeping import KEPT, tidy
from bot.engine.delivery.dead_letters import retry_dead_letters
from bot.engine.store import leases, outbox, outcomes, streams
from bot.engine.store.outbox_stats import outbox_stats
from bot.incident.domain import rules
from bot.ports.slack.calls import Post, Topic
from bot.subjects import REGISTRIES
from tests.engine.world import TEAM, World

OTHER = "T2"


def other(world: World) -> World:
    """The bot of another workspace on the same database, with a Slack of its own."""
    return World(world.database, world.policy, world.clock, worker="two", team=OTHER)


async def test_each_bot_shows_only_the_incidents_of_its_workspace(world: World) -> None:
    second = other(world)
    await world.declare("Checkout is failing")
    await second.declare("Only a test")
    await second.deliver()
    assert world.slack.calls == []
    assert "Only a test" in str(second.slack.calls)
    assert "Checkout" not in str(second.slack.calls)
    await world.deliver()
    assert "Only a test" not in str(world.slack.calls)
    assert "Checkout is failing" in str(world.slack.of(Post))


async def test_each_bot_reminds_only_of_incidents_of_its_workspace(world: World) -> None:
    second = other(world)
    await world.declare()
    world.clock.forward(hours=1)
    assert await second.tick() == 0
    assert await world.tick() > 0


async def test_leases_of_another_workspaces_worker_are_neither_taken_over_nor_released(world: World) -> None:
    await world.declare()
    async with world.database.writing() as session:
        (held,) = await leases.claim(session, TEAM, world.clock(), "one", 1)
        assert await leases.take_over(session, OTHER, lambda _: True) == 0
        assert await leases.release(session, OTHER, "one") == 0
    world.clock.forward(seconds=leases.LEASE.total_seconds())
    async with world.database.writing() as session:
        assert await leases.claim(session, OTHER, world.clock(), "two", 64) == []
        again = await leases.claim(session, TEAM, world.clock(), "one", 64)
    assert held.id in [row.id for row in again]


async def test_figures_refusals_and_retries_cover_one_workspace(world: World) -> None:
    second = other(world)
    await world.declare()
    async with world.database.writing() as session:
        for row in await leases.claim(session, TEAM, world.clock(), "one", 1):
            outcomes.died(row, "restricted_action", world.clock())
    async with world.database.writing() as session:
        theirs = await outbox_stats(session, OTHER)
        assert (theirs.waiting, theirs.oldest, theirs.dead) == (0, None, 0)
        assert await outbox.dead(session, OTHER) == []
        assert await retry_dead_letters(session, REGISTRIES, OTHER, world.clock()) == 0
        assert (await outbox_stats(session, TEAM)).dead == 1
    await second.deliver()
    assert second.slack.of(Topic) == []


async def test_acts_of_another_workspace_are_not_deleted(world: World) -> None:
    await world.declare()
    later = world.clock.forward(seconds=KEPT.total_seconds() + 1)
    assert await tidy(world.database, OTHER, later) == 0
    assert await tidy(world.database, TEAM, later) == 1


async def test_a_clock_jump_delays_nothing_of_another_workspace(world: World) -> None:
    await world.declare()
    async with world.database.writing() as session:
        (held,) = await leases.claim(session, TEAM, world.clock(), "one", 1)
        await leases.settle(session, OTHER, world.clock() - timedelta(hours=1), leases=True)
        await session.refresh(held)
        assert held.due_at == world.clock() + leases.LEASE


async def test_the_workspaces_of_a_database_are_listed(world: World) -> None:
    second = other(world)
    await world.declare()
    await second.declare()
    await second.change(1, rules.note, "found it")
    async with world.database.reading() as session:
        assert await streams.teams(session) == [TEAM, OTHER]
