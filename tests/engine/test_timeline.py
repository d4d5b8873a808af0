"""The timeline is read whole, however long it is, and each incident has its own."""

from bot.engine.store import timelines
from bot.incident.domain import facts, rules
from bot.incident.domain.timeline import Entry
from bot.incident.store import incidents
from tests.engine.store.archive import lengthen
from tests.engine.world import TEAM, World


async def _history(world: World, number: int = 1, team: str = TEAM) -> list[Entry]:
    async with world.database.autocommitting() as session:
        return await incidents.history(session, team, number)


async def test_every_fact_is_read_in_the_order_of_recording(world: World) -> None:
    await world.declare()
    for text in ("first", "second"):
        await world.change(1, rules.note, text)
    assert await _history(world) == await world.timeline(1)
    assert [entry.seq for entry in await _history(world)] == [1, 2, 3]


async def test_a_timeline_longer_than_one_part_is_whole(world: World) -> None:
    await world.declare()
    for more in (timelines.PART - 1, timelines.PART):
        begin = len(await _history(world)) + 1
        await lengthen(world.database, TEAM, 1, range(begin, begin + more))
        assert [entry.seq for entry in await _history(world)] == list(range(1, begin + more))


async def test_each_incident_has_its_own_timeline(world: World) -> None:
    await world.declare("Checkout is failing")
    await world.declare("Mail is late")
    (fact,) = [entry.fact for entry in await _history(world, number=2)]
    assert isinstance(fact, facts.Declared)
    assert fact.title == "Mail is late"
    assert await _history(world, number=1, team="T2") == []
    assert await _history(world, number=7) == []
