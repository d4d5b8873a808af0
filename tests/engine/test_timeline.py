"""Of a long timeline only what is shown is read: the last things that happened, not the last that were written down."""

from datetime import timedelta

from bot.incident.domain import facts, rules
from bot.incident.domain.timeline import Entry
from bot.incident.store import incidents
from tests.engine.world import TEAM, World


async def _latest(world: World, limit: int, number: int = 1, team: str = TEAM) -> list[Entry]:
    async with world.database.reading() as session:
        return await incidents.latest(session, team, number, limit)


def _texts(entries: list[Entry]) -> list[str]:
    return [entry.fact.text for entry in entries if isinstance(entry.fact, facts.Noted)]


async def test_the_latest_entries_are_shown_in_the_order_in_which_they_happened(world: World) -> None:
    await world.declare()
    world.clock.forward(minutes=30)
    for ago, text in ((1, "Rolled back"), (20, "Errors began"), (10, "Deploy 214 suspected")):
        at = world.clock() - timedelta(minutes=ago)
        await world.change(1, rules.note, text, at=at)
    assert _texts(await _latest(world, 10)) == ["Errors began", "Deploy 214 suspected", "Rolled back"]
    assert _texts(await _latest(world, 2)) == ["Deploy 214 suspected", "Rolled back"]


async def test_of_entries_with_the_same_time_the_last_written_is_the_latest(world: World) -> None:
    await world.declare()
    for text in ("first", "second"):
        await world.change(1, rules.note, text)
    assert [entry.seq for entry in await _latest(world, 2)] == [2, 3]


async def test_each_incident_has_its_own_timeline(world: World) -> None:
    await world.declare("Checkout is failing")
    await world.declare("Mail is late")
    (fact,) = [entry.fact for entry in await _latest(world, 10, number=2)]
    assert isinstance(fact, facts.Declared)
    assert fact.title == "Mail is late"
    assert await _latest(world, 10, number=1, team="T2") == []
