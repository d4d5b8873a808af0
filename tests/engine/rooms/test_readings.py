"""The members are read from Slack where events may have been missed."""

import asyncio
from datetime import timedelta

from bot.engine.store import outbox
from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Role
from bot.ports.port import Delivered
from bot.ports.slack.calls import FetchMembers, FetchPerson
from tests.engine.rooms.members import GUEST, MEMBER, in_room, joined, left, looked, opened, who_sees_it
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World


async def test_after_missed_events_a_reading_finds_who_has_left_and_who_has_joined(world: World) -> None:
    await opened(world, ANNA, BEN)
    world.rooms.missed()
    await looked(world, ANNA, CLEO)
    assert await who_sees_it(world) == [ANNA, CLEO]
    assert (await world.incident(1)).roles_of(BEN) == ()


async def test_the_first_reading_ends_no_roles_because_an_invitation_may_still_be_under_way(
    world: World,
) -> None:
    await opened(world, ANNA)
    assert (await world.incident(1)).roles_of(BEN) == (Role.SCRIBE,)


async def test_an_event_of_a_moment_ago_is_newer_than_a_reading(world: World) -> None:
    await opened(world, ANNA, BEN)
    world.clock.forward(minutes=11)
    await left(world, BEN)
    await joined(world, CLEO)
    world.slack.answers[FetchMembers] = [in_room(ANNA, BEN)]  # asked before they left and came
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert await who_sees_it(world) == [ANNA, CLEO]
    await looked(world, ANNA, BEN)
    assert await who_sees_it(world) == [ANNA, BEN]


async def test_a_room_is_read_every_ten_minutes_and_once_a_day_after_the_end(world: World) -> None:
    await opened(world, ANNA, BEN)
    await world.rooms.tick(world.clock())  # as at every start
    await world.deliver()

    async def looks(after: timedelta) -> int:
        before = len(world.slack.of(FetchMembers))
        world.clock.time += after
        await world.rooms.tick(world.clock())
        await world.deliver()
        return len(world.slack.of(FetchMembers)) - before

    world.slack.answers[FetchMembers] = [in_room(ANNA, BEN)] * 9
    assert await looks(timedelta(minutes=9)) == 0
    assert await looks(timedelta(minutes=1)) == 1
    await world.change(1, rules.resolve)
    assert await looks(timedelta(minutes=10)) == 1
    assert await looks(timedelta(minutes=10)) == 0
    assert await looks(timedelta(days=1)) == 1
    await world.change(1, rules.reopen, "Errors are back")
    assert await looks(timedelta(0)) == 1
    assert await looks(timedelta(minutes=10)) == 1


async def test_the_room_of_a_public_incident_that_is_over_is_not_read_again(world: World) -> None:
    await opened(world, ANNA, BEN, private=False)
    await world.change(1, rules.resolve)
    await looked(world, ANNA, BEN)
    before = len(world.slack.of(FetchMembers))
    world.rooms.missed()
    world.clock.forward(days=2)
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert len(world.slack.of(FetchMembers)) == before


async def test_if_the_members_cannot_be_read_the_known_ones_stay_and_no_effect_is_dead(world: World) -> None:
    await opened(world, ANNA, BEN)
    world.clock.forward(minutes=11)
    world.slack.answers[FetchMembers] = [Delivered()]
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert await who_sees_it(world) == [ANNA, BEN]
    async with world.database.reading() as session:
        assert await outbox.dead(session, TEAM) == []


async def test_when_the_bot_joins_again_it_reads_the_members(world: World) -> None:
    await opened(world, ANNA, BEN)
    await world.rooms.tick(world.clock())
    await world.deliver()
    before = len(world.slack.of(FetchMembers))
    await joined(world, "UBOT", is_bot=True)
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert len(world.slack.of(FetchMembers)) == before + 1


async def test_a_reading_that_is_due_is_not_delayed_by_reading_every_room(world: World) -> None:
    await opened(world, ANNA, BEN, private=False)
    await joined(world, "UBOT", is_bot=True)
    before = len(world.slack.of(FetchMembers))
    await world.rooms.tick(world.clock())  # the first one: everywhere
    await world.deliver()
    assert len(world.slack.of(FetchMembers)) == before + 1


async def test_a_reading_requested_during_another_one_is_not_forgotten(world: World) -> None:
    await world.declare(private=True)
    await world.rooms.tick(world.clock())
    world.slack.answers[FetchPerson] = [GUEST]
    world.slack.answers[FetchMembers] = [in_room(CLEO)] * 2
    world.slack.line_is_open.clear()
    delivering = asyncio.create_task(world.deliver())
    for calls in (2, 3):
        await world.slack.round_trip(calls)
    async with asyncio.timeout(10):
        while "FetchMembers" not in [type(call).__name__ for call in world.slack.under_way]:
            world.slack.rang.clear()
            await world.slack.rang.wait()
    world.clock.forward(minutes=1)
    await world.rooms.changed(ANNA, MEMBER, world.clock())
    world.slack.line_is_open.set()
    await delivering
    assert len(world.slack.of(FetchMembers)) == 1
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert len(world.slack.of(FetchMembers)) == 2
