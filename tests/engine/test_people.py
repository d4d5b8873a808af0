"""Who a person is, even if Slack cannot be asked, and a year later."""

import asyncio

from sqlalchemy import event

from bot.core.people import Profile
from bot.engine.people import People
from bot.engine.store import people as stored_people
from bot.ports.port import Dead, Retry
from bot.ports.slack.calls import FetchPerson
from tests.engine.world import ANNA, TEAM, World

LONG = 30.0  # seconds; longer than any test


async def test_a_person_is_looked_up_once_a_day(world: World) -> None:
    people = People(world.database, world.slack.perform, world.clock, LONG)
    assert await people.find(TEAM, ANNA) == Profile(ANNA, "Uanna", "Europe/Berlin")
    await people.find(TEAM, ANNA)
    assert len(world.slack.of(FetchPerson)) == 1
    world.clock.forward(days=1)
    await people.find(TEAM, ANNA)
    assert len(world.slack.of(FetchPerson)) == 2


async def test_where_yesterdays_is_not_enough_slack_is_asked_each_time(world: World) -> None:
    people = People(world.database, world.slack.perform, world.clock, LONG)
    known = await people.find(TEAM, ANNA)
    assert await people.find_now(TEAM, ANNA) == known
    assert len(world.slack.of(FetchPerson)) == 2
    world.slack.answers[FetchPerson] = [Retry("ratelimited"), Dead("user_not_found")]
    assert await people.find_now(TEAM, ANNA) == known, "Slack cannot be asked"
    assert await people.find_now(TEAM, ANNA) is None


async def test_a_person_that_slack_does_not_know_is_not_found(world: World) -> None:
    people = People(world.database, world.slack.perform, world.clock, LONG)
    world.slack.answers[FetchPerson] = [Dead("user_not_found")]
    assert await people.find(TEAM, "UNOBODY") is None


async def test_while_slack_cannot_be_asked_people_are_accepted_without_a_zone(
    world: World,
) -> None:
    people = People(world.database, world.slack.perform, world.clock, LONG)
    world.slack.answers[FetchPerson] = [Retry("ratelimited"), Dead("unknown_method")]
    assert await people.find(TEAM, ANNA) == Profile(ANNA, ANNA, "")
    assert await people.find(TEAM, ANNA) == Profile(ANNA, ANNA, "")


async def test_known_people_stay_known_while_slack_cannot_be_asked(world: World) -> None:
    people = People(world.database, world.slack.perform, world.clock, LONG)
    known = await people.find(TEAM, ANNA)
    world.clock.forward(days=2)
    world.slack.answers[FetchPerson] = [Retry("ratelimited")]
    assert await people.find(TEAM, ANNA) == known


async def test_ten_lookups_of_the_same_unknown_person_at_once_all_succeed(world: World) -> None:
    people = People(world.database, world.slack.perform, world.clock, timeout=10)
    world.slack.line_is_open.clear()
    asking = [asyncio.create_task(people.find(TEAM, ANNA)) for _ in range(10)]
    await world.slack.round_trip(10)
    assert await asyncio.gather(*asking) == [Profile(ANNA, "Uanna", "Europe/Berlin")] * 10


async def test_an_act_does_not_wait_long_for_a_name(world: World) -> None:
    people = People(world.database, world.slack.perform, world.clock, timeout=0.01)
    world.slack.line_is_open.clear()
    assert await people.find(TEAM, ANNA) == Profile(ANNA, ANNA, "")


async def test_many_strangers_at_once_are_stored_in_two_transactions(world: World) -> None:
    commits: list[object] = []
    event.listen(world.database.engine.sync_engine, "commit", commits.append)
    people = People(world.database, world.slack.perform, world.clock, LONG)
    strangers = [f"U{number}" for number in range(10)]
    world.slack.line_is_open.clear()
    asking = [asyncio.create_task(people.find(TEAM, stranger)) for stranger in strangers]
    await world.slack.round_trip(10)
    await asyncio.gather(*asking)
    assert len(commits) == 2  # the first one's, and that of all who came meanwhile
    async with world.database.reading() as session:
        assert len(await stored_people.known(session, TEAM, strangers)) == 10
