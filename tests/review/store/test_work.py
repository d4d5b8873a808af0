"""What people did, as it is read from the database."""

from datetime import timedelta

from bot.engine.store import people
from bot.engine.store.tables import PersonRow
from bot.incident.domain.incident import fold
from bot.incident.domain.records import Period
from bot.incident.store import records
from bot.incident.store.incidents import INCIDENTS
from bot.incident.store.work import work
from tests.engine.world import ANNA, TEAM, World
from tests.review.histories import NOW, PEOPLE, entries, histories

EVER = Period(NOW - timedelta(days=100), NOW)


async def test_deeds_of_people_and_roles_are_read_with_time_zones_and_without_apps(world: World) -> None:
    made = histories(20, 3)
    app = next(fact.by for fact in made[0] if fact.by in PEOPLE)
    async with world.database.writing() as session:
        for history in made:
            await INCIDENTS.add(session, TEAM, fold(history), entries(history), now=NOW, next_look_at=None)
        await people.remember(
            session,
            PersonRow(team_id=TEAM, user_id=app, name="App", is_bot=True, seen_at=NOW),
            PersonRow(team_id=TEAM, user_id=ANNA, name="Anna", zone="Asia/Tokyo", seen_at=NOW),
        )
    async with world.database.reading() as session:
        found = await work(session, TEAM, EVER, ())
        public = await work(session, TEAM, EVER, records.everybodys())
        nothing = await work(session, TEAM, Period(EVER.start, EVER.start + timedelta(days=1)), ())
    expected = [fact.by for history in made for fact in history if fact.by in PEOPLE and fact.by != app]
    assert sorted(each.person for each in found.deeds) == sorted(expected)
    assert {each.at for each in found.deeds} == {NOW}
    assert {each.role for each in found.duties} == {"commander"}
    assert found.zones == {ANNA: "Asia/Tokyo"}
    assert len(public.deeds) < len(found.deeds)
    assert (nothing.deeds, nothing.duties) == ([], [])
