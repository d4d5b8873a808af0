"""An incident that is recorded when it is over: nobody is told of it, and nothing waits for a war room that never comes."""

from dataclasses import replace

from sqlmodel import select

from bot.engine.store.database import Database
from bot.engine.store.tables import EffectRow, is_pending
from bot.incident.domain import rules
from bot.incident.domain.bridge import Bridges
from bot.incident.domain.policy import Policy
from bot.incident.domain.subscriptions import Following
from bot.incident.domain.vocabulary import Severity
from bot.incident.store import subscriptions
from bot.ports.slack.calls import CreateCanvas, Post, SetBookmark
from tests.conftest import StillClock
from tests.engine.world import ANNA, CLEO, TEAM, World

BRIDGES = Bridges(dict.fromkeys(Severity, "https://meet.example/{number}"))


async def recorded(database: Database, policy: Policy, clock: StillClock) -> World:
    world = World(database, replace(policy, canvas=True, bridges=BRIDGES), clock)
    async with database.writing() as session:
        await subscriptions.change(session, TEAM, CLEO, Following(severity=Severity.SEV4))
    past = rules.Past(title="Old", severity=Severity.SEV2)
    await world.incidents.begin(
        world.act(), lambda number: rules.declare_past(past, number=number, by=ANNA, now=clock())
    )
    await world.change(1, rules.rename, "Older")
    await everything(world)
    return world


async def everything(world: World) -> None:
    """What is due now, and after the pause of the canvas."""
    await world.deliver()
    world.clock.forward(minutes=1)
    await world.deliver()


async def test_nothing_waits_nobody_is_told_and_there_is_no_call_to_join(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = await recorded(database, policy, clock)
    async with database.reading() as session:
        assert (await session.exec(select(EffectRow).where(is_pending(EffectRow)))).all() == []
    assert world.slack.of(Post) == []
    assert (await world.incident(1)).bridge is None


async def test_when_it_is_reopened_it_gets_a_room_with_all_that_belongs_to_one(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = await recorded(database, policy, clock)
    await world.change(1, rules.reopen, "It is back")
    await everything(world)
    assert (await world.incident(1)).bridge == "https://meet.example/1"
    assert {"bridge", "card"} <= {call.name for call in world.slack.of(SetBookmark)}
    assert len(world.slack.of(CreateCanvas)) == 1
    assert any(call.channel == CLEO for call in world.slack.of(Post))
