"""Figures of the present state: what waits, what is dead, what is open."""

from collections.abc import Mapping

from sqlmodel import select

from bot.engine.store.database import Database
from bot.engine.store.outbox_stats import OutboxStats, outbox_stats
from bot.engine.store.tables import EffectRow, EffectState
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity, Status
from bot.incident.store.figures import open_incidents
from bot.ports.port import Dead
from bot.ports.slack.calls import CreateChannel
from tests.conftest import NOON, StillClock
from tests.engine.world import TEAM, World


async def figures(world: World, team: str = TEAM) -> OutboxStats:
    async with world.database.reading() as session:
        return await outbox_stats(session, team)


async def are_open(world: World, team: str = TEAM) -> Mapping[str, int]:
    async with world.database.reading() as session:
        return await open_incidents(session, team, NOON)


async def test_in_an_empty_database_nothing_waits_and_nothing_is_open(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    assert await figures(world) == OutboxStats(0, None, 0)
    assert await are_open(world) == dict.fromkeys(("SEV1", "SEV2", "SEV3", "SEV4"), 0)


async def test_waiting_and_dead_effects_and_open_incidents_are_counted(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    await world.declare(severity=Severity.SEV1)
    clock.forward(minutes=1)
    await world.declare(severity=Severity.SEV2)
    over = await world.declare(severity=Severity.SEV2)
    await world.change(over.number, rules.change_status, Status.RESOLVED)
    before = await figures(world)
    assert before.oldest == NOON
    assert await are_open(world) == {"SEV1": 1, "SEV2": 1, "SEV3": 0, "SEV4": 0}
    async with database.writing() as session:
        *_, last_but_one, last = (await session.exec(select(EffectRow).order_by("id"))).all()
        last.state, last_but_one.state = EffectState.DEAD, EffectState.LEASED
        session.add_all([last, last_but_one])
    after = await figures(world)
    assert (after.waiting, after.dead) == (before.waiting - 1, 1)


async def test_effects_that_wait_for_a_refused_room_are_not_counted_as_waiting(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    world.slack.answers[CreateChannel] = [Dead("restricted_action")]
    await world.declare(severity=Severity.SEV1)
    await world.deliver()
    clock.forward(seconds=5)
    await world.deliver()
    now = await figures(world)
    assert (now.waiting, now.oldest, now.dead) == (0, None, 1)


async def test_incidents_of_another_workspace_are_not_counted(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    await world.declare()
    assert sum((await are_open(world, "T2")).values()) == 0
