"""Who sees an incident: the members of its room."""

import pytest

from bot.incident.dispatch.access import Sight
from bot.incident.domain import rules
from bot.incident.domain.access import Viewer, may_see
from bot.incident.domain.listing import Listing
from bot.incident.domain.vocabulary import Role
from bot.incident.store import incidents, rooms
from bot.ports.slack.calls import FetchMembers
from tests.conftest import NOON
from tests.engine.rooms.members import STRANGER, in_room, joined, left, opened, who_sees_it
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World


async def test_until_the_room_is_read_only_its_own_people_see_a_private_incident(world: World) -> None:
    await opened(world)
    assert await who_sees_it(world) == [ANNA, BEN]


async def test_once_the_room_is_read_only_its_members_see_a_private_incident(world: World) -> None:
    await opened(world, ANNA, CLEO)
    assert await who_sees_it(world) == [ANNA, CLEO]


async def test_whoever_joins_sees_it_and_whoever_leaves_does_not(world: World) -> None:
    await opened(world, ANNA, BEN)
    await joined(world, CLEO)
    assert await who_sees_it(world) == [ANNA, BEN, CLEO]
    await left(world, ANNA)
    assert await who_sees_it(world) == [BEN, CLEO]


async def test_whoever_leaves_does_not_see_it_even_if_the_room_was_never_read(world: World) -> None:
    await opened(world)
    await left(world, BEN)
    assert await who_sees_it(world) == [ANNA]


async def test_events_of_other_channels_change_nothing(world: World) -> None:
    await opened(world, ANNA)
    await world.rooms.joined("CGENERAL", STRANGER, NOON, NOON)
    await world.rooms.left("CGENERAL", BEN, NOON, NOON)
    assert (await world.incident(1)).roles_of(BEN) == (Role.SCRIBE,)
    assert await who_sees_it(world) == [ANNA]


async def test_a_guest_sees_the_incidents_whose_rooms_they_are_in(world: World) -> None:
    await opened(world, ANNA, STRANGER, private=False)
    await world.declare()
    await world.deliver()
    async with world.database.reading() as session:
        seen = await incidents.listed(session, TEAM, STRANGER, Listing(), 20, is_guest=True)
        of_member = await incidents.listed(session, TEAM, STRANGER, Listing(), 20)
    assert [each.incident.number for each in seen.worst] == [1]
    assert (seen.total, of_member.total) == (1, 2)


async def test_whoever_acts_in_the_room_is_in_it_and_a_reading_is_due(world: World) -> None:
    await opened(world, ANNA, BEN)
    await world.rooms.tick(world.clock())
    await world.deliver()
    async with world.database.writing() as session:
        stored = await incidents.INCIDENTS.by_number(session, TEAM, 1)
        assert stored is not None
        await rooms.record_actor(session, stored, CLEO, world.clock())
    assert await who_sees_it(world) == [ANNA, BEN, CLEO]
    world.slack.answers[FetchMembers] = [in_room(ANNA, BEN, CLEO)]
    before = len(world.slack.of(FetchMembers))
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert len(world.slack.of(FetchMembers)) == before + 1


async def test_a_click_from_just_before_they_left_does_not_count_as_joining(world: World) -> None:
    await opened(world, ANNA, BEN)
    await left(world, BEN)
    async with world.database.writing() as session:
        stored = await incidents.INCIDENTS.by_number(session, TEAM, 1)
        assert stored is not None
        await rooms.record_actor(session, stored, BEN, world.clock())
    assert await who_sees_it(world) == [ANNA]


@pytest.mark.parametrize("is_guest", [False, True])
@pytest.mark.parametrize("sees_private", [False, True])
async def test_the_lists_find_exactly_what_the_check_allows(
    world: World, *, is_guest: bool, sees_private: bool
) -> None:
    """The condition in SQL and `may_see` are two forms of one rule; the count comes from SQL alone."""
    for number, private in enumerate((True, False), start=1):
        await world.declare(private=private)
        await world.change(number, rules.assign, Role.SCRIBE, BEN)
    seen = []
    for is_read in (False, True):
        if is_read:  # until the members are read, the incident's own people count as members
            world.slack.answers[FetchMembers] = [in_room(ANNA, CLEO), in_room(ANNA, CLEO)]
            await world.deliver()
            world.clock.forward(minutes=2)
        async with world.database.reading() as session:
            for person in (ANNA, BEN, CLEO, STRANGER):
                sight = Sight(is_guest=is_guest, sees_private=sees_private)
                listed = await incidents.listed(session, TEAM, person, Listing(), 20, **sight)
                allowed = []
                for number in (1, 2):
                    found = await incidents.found(session, TEAM, person, number=number)
                    assert found is not None
                    viewer = Viewer(person, found[1].in_room, is_guest, sees_private)
                    allowed += [number] if may_see(found[0].state, viewer) else []
                assert sorted(each.incident.number for each in listed.worst) == allowed
                assert listed.total == len(allowed)
                similar = await incidents.similar(session, TEAM, person, ["checkout"], **sight)
                assert {each.incident.number for each in similar} <= set(allowed)
                outside = {each.incident.number for each in listed.worst if each.is_seen_from_outside}
                assert outside <= ({1} if sees_private and not is_guest else set())
                seen.append(bool(outside))
    assert any(seen) is (sees_private and not is_guest)
