"""Who is in the war rooms: heard from events, read where events may have been missed, and what follows from it."""

import asyncio
from collections.abc import Collection
from datetime import datetime, timedelta

import pytest

from bot.engine.acts.idempotency import Done
from bot.engine.delivery.revival import revive
from bot.engine.store import outbox, people
from bot.incident.domain import facts, rules
from bot.incident.domain.access import may_see
from bot.incident.domain.vocabulary import Ending, Role
from bot.incident.store import incidents, rooms
from bot.ports.port import Dead, Delivered
from bot.ports.slack.calls import FetchMembers, FetchPerson, InvitePeople, Post
from bot.subjects import REGISTRIES
from tests.conftest import NOON
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

ROOM, STRANGER = "CROOM1", "USTRANGER"
GUEST = Delivered({"name": "Gina", "is_guest": "yes", "is_active": "yes"})
MEMBER = Delivered({"name": "Gina", "is_guest": "no", "is_active": "yes"})
GONE = Delivered({"name": "Ben", "is_active": "no"})


def _in_room(*members: str) -> Delivered:
    return Delivered({"members": " ".join(("UBOT", *members))})


async def _opened(world: World, *members: str, private: bool = True) -> None:
    """A private incident of Anna's, with Ben as scribe, whose room is known to have these members."""
    await world.declare(private=private)
    await world.change(1, rules.assign, Role.SCRIBE, BEN)
    if members:
        world.slack.answers[FetchMembers] = [_in_room(*members)]
    await world.deliver()
    world.clock.forward(minutes=2)


async def _who_sees_it(world: World, people: Collection[str] = (ANNA, BEN, CLEO, STRANGER)) -> list[str]:
    """By the list, and by the number: they always agree."""
    seen = []
    async with world.database.reading() as session:
        for person in people:
            listed = (await incidents.open_ones(session, TEAM, person, 20)).worst
            found = await incidents.found(session, TEAM, person, number=1)
            assert found is not None
            (viewer,) = await rooms.viewers(session, found[0], [person])
            assert viewer.in_room == found[1].in_room
            assert bool(listed) == may_see(found[0].state, viewer)
            seen += [person] if listed else []
    return seen


async def _left(world: World, person: str, at: datetime | None = None) -> None:
    now = world.clock()
    await world.rooms.left(ROOM, person, at or now, now)


async def _joined(world: World, person: str, at: datetime | None = None, *, is_bot: bool = False) -> None:
    now = world.clock()
    await world.rooms.joined(ROOM, person, at or now, now, is_bot=is_bot)


async def _looked(world: World, *members: str) -> None:
    """A look at the room some time later finds these members."""
    world.clock.forward(minutes=11)
    world.slack.answers[FetchMembers] = [_in_room(*members)]
    await world.rooms.tick(world.clock())
    await world.deliver()


async def test_until_its_room_is_known_a_private_incident_is_its_own_peoples(world: World) -> None:
    await _opened(world)
    assert await _who_sees_it(world) == [ANNA, BEN]


async def test_then_its_room_decides_whoever_it_is(world: World) -> None:
    await _opened(world, ANNA, CLEO)
    assert await _who_sees_it(world) == [ANNA, CLEO]


async def test_who_comes_in_sees_it_and_who_leaves_does_not(world: World) -> None:
    await _opened(world, ANNA, BEN)
    await _joined(world, CLEO)
    assert await _who_sees_it(world) == [ANNA, BEN, CLEO]
    await _left(world, ANNA)
    assert await _who_sees_it(world) == [BEN, CLEO]


async def test_who_leaves_does_not_see_it_also_where_nobody_ever_looked(world: World) -> None:
    await _opened(world)
    await _left(world, BEN)
    assert await _who_sees_it(world) == [ANNA]


async def test_their_roles_end_and_the_room_and_the_timeline_tell(world: World) -> None:
    await _opened(world, ANNA, BEN)
    await _left(world, BEN)
    await world.deliver()
    ended = (await world.timeline(1))[-1].fact
    assert isinstance(ended, facts.RolesEnded)
    assert (ended.by, ended.person, ended.roles, ended.why) == (BEN, BEN, (Role.SCRIBE,), Ending.LEFT)
    assert "Uben left the room and is no longer Scribe" in world.slack.said()[-1]


@pytest.mark.parametrize("private", [False, True])
async def test_a_commander_who_leaves_is_missed_and_somebody_is_reminded(
    world: World,
    private: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    await _opened(world, ANNA, BEN, private=private)
    await world.change(1, rules.take_command, by=BEN)
    world.clock.forward(minutes=1)
    await _left(world, BEN)
    await world.deliver()
    told = next(post for post in world.slack.of(Post)[::-1] if "left the room" in post.message.text)
    assert "is no longer Incident Commander and Scribe. *Nobody has command now.*" in told.message.text
    assert "take_command" in str(told.message.blocks)
    assert (await world.incident(1)).commander is None
    world.clock.forward(seconds=world.policy.commander_within.total_seconds())
    assert await world.tick() == 1


async def test_a_late_or_repeated_event_undoes_nothing(world: World) -> None:
    await _opened(world, ANNA, BEN)
    before = world.clock()
    world.clock.forward(minutes=5)
    await _joined(world, BEN)
    await _left(world, BEN, at=before)
    assert (await world.incident(1)).roles_of(BEN) == (Role.SCRIBE,)
    assert await _who_sees_it(world) == [ANNA, BEN]
    await _left(world, BEN)
    told = (await world.incident(1)).version
    await _left(world, BEN)
    assert (await world.incident(1)).version == told


async def test_events_of_other_channels_are_nobodys(world: World) -> None:
    await _opened(world, ANNA)
    await world.rooms.joined("CGENERAL", STRANGER, NOON, NOON)
    await world.rooms.left("CGENERAL", BEN, NOON, NOON)
    assert (await world.incident(1)).roles_of(BEN) == (Role.SCRIBE,)
    assert await _who_sees_it(world) == [ANNA]


async def test_after_a_gap_a_look_finds_who_has_left_and_who_has_come(world: World) -> None:
    await _opened(world, ANNA, BEN)
    world.rooms.missed()
    await _looked(world, ANNA, CLEO)
    assert await _who_sees_it(world) == [ANNA, CLEO]
    assert (await world.incident(1)).roles_of(BEN) == ()


async def test_the_first_look_ends_nobodys_role_for_their_invitation_may_still_be_on_its_way(
    world: World,
) -> None:
    await _opened(world, ANNA)
    assert (await world.incident(1)).roles_of(BEN) == (Role.SCRIBE,)


async def test_what_an_event_told_a_moment_ago_is_newer_than_a_look(world: World) -> None:
    await _opened(world, ANNA, BEN)
    world.clock.forward(minutes=11)
    await _left(world, BEN)
    await _joined(world, CLEO)
    world.slack.answers[FetchMembers] = [_in_room(ANNA, BEN)]  # asked before they left and came
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert await _who_sees_it(world) == [ANNA, CLEO]
    await _looked(world, ANNA, BEN)
    assert await _who_sees_it(world) == [ANNA, BEN]


async def test_a_room_is_read_again_slowly_and_what_is_over_still_more_so(world: World) -> None:
    await _opened(world, ANNA, BEN)
    await world.rooms.tick(world.clock())  # as at every start
    await world.deliver()

    async def looks(after: timedelta) -> int:
        before = len(world.slack.of(FetchMembers))
        world.clock.time += after
        await world.rooms.tick(world.clock())
        await world.deliver()
        return len(world.slack.of(FetchMembers)) - before

    world.slack.answers[FetchMembers] = [_in_room(ANNA, BEN)] * 9
    assert await looks(timedelta(minutes=9)) == 0
    assert await looks(timedelta(minutes=1)) == 1
    await world.change(1, rules.resolve)
    assert await looks(timedelta(minutes=10)) == 1
    assert await looks(timedelta(minutes=10)) == 0
    assert await looks(timedelta(days=1)) == 1
    await world.change(1, rules.reopen, "Errors are back")
    assert await looks(timedelta(0)) == 1
    assert await looks(timedelta(minutes=10)) == 1


async def test_of_what_is_over_and_for_everybody_only_events_tell(world: World) -> None:
    await _opened(world, ANNA, BEN, private=False)
    await world.change(1, rules.resolve)
    await _looked(world, ANNA, BEN)
    before = len(world.slack.of(FetchMembers))
    world.rooms.missed()
    world.clock.forward(days=2)
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert len(world.slack.of(FetchMembers)) == before


async def test_where_the_members_cannot_be_read_what_was_known_stays_and_nothing_dies(world: World) -> None:
    await _opened(world, ANNA, BEN)
    world.clock.forward(minutes=11)
    world.slack.answers[FetchMembers] = [Delivered()]
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert await _who_sees_it(world) == [ANNA, BEN]
    async with world.database.reading() as session:
        assert await outbox.dead(session, TEAM) == []


async def test_when_the_bot_is_let_in_again_it_looks_who_is_there(world: World) -> None:
    await _opened(world, ANNA, BEN)
    await world.rooms.tick(world.clock())
    await world.deliver()
    before = len(world.slack.of(FetchMembers))
    await _joined(world, "UBOT", is_bot=True)
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert len(world.slack.of(FetchMembers)) == before + 1


async def test_an_invitation_from_before_they_left_does_not_bring_them_back(world: World) -> None:
    world.slack.answers[InvitePeople] = [Dead("missing_scope")]
    await _opened(world)
    await _joined(world, BEN)  # by hand
    world.clock.forward(minutes=1)
    await _left(world, BEN)
    invited = len(world.slack.of(InvitePeople))
    async with world.database.writing() as session:
        await revive(session, REGISTRIES, TEAM, world.clock())
    await world.deliver()
    assert all(BEN not in call.people for call in world.slack.of(InvitePeople)[invited:])


async def test_who_may_lets_them_in_again_by_giving_them_a_role(world: World) -> None:
    await _opened(world, ANNA, BEN)
    await _left(world, BEN)
    world.clock.forward(minutes=1)
    assert isinstance(await world.change(1, rules.assign, Role.EXPERT, BEN), Done)
    await world.deliver()
    assert world.slack.of(InvitePeople)[-1].people == (BEN,)


async def test_who_was_invited_is_in_the_room_before_an_event_tells_unless_one_tells_otherwise(
    world: World,
) -> None:
    await _opened(world, ANNA, BEN)
    await _left(world, BEN)
    for person in (CLEO, BEN):
        world.clock.forward(minutes=1)
        await world.change(1, rules.assign, Role.EXPERT, person)
        world.slack.answers[InvitePeople] = [Delivered({"people": person})]
        if person == BEN:
            await _left(world, BEN, at=world.clock() + timedelta(seconds=1))
        await world.deliver()
    assert await _who_sees_it(world) == [ANNA, CLEO]


async def test_who_has_left_is_not_called_into_the_room(world: World) -> None:
    await world.declare(private=True)
    world.slack.answers[FetchMembers] = [_in_room(ANNA, CLEO)]
    await world.deliver()
    world.clock.forward(minutes=1)
    await _left(world, ANNA)
    world.clock.forward(minutes=2)
    await world.tick()
    await world.deliver()
    (reminder,) = [
        post for post in world.slack.of(Post) if "take_command" in str(post) and post.channel == ROOM
    ][-1:]
    assert f"<@{ANNA}>" not in reminder.message.text


async def test_what_cannot_be_said_in_the_room_is_told_to_nobody_who_has_left_it(world: World) -> None:
    await _opened(world, BEN, CLEO)
    world.slack.answers[Post] = [Dead("channel_not_found")] * 2
    await world.change(1, rules.note, "found it", by=BEN)
    await world.deliver()
    assert world.slack.of(Post)[-1].channel == BEN  # not Anna, who declared
    await _left(world, BEN)
    world.slack.answers[Post] = [Dead("is_archived")] * 9
    await world.deliver()
    assert all(post.channel == ROOM for post in world.slack.of(Post)[-2:])


async def test_a_refused_invitation_is_told_to_them_and_to_the_room_by_name_once(world: World) -> None:
    refused = Dead("user_is_restricted", {ANNA: "ura_max_channels", BEN: "user_is_restricted"})
    world.slack.answers[InvitePeople] = [refused, Dead("user_is_restricted", {BEN: "user_is_restricted"})]
    await _opened(world, CLEO)
    told = {post.channel: str(post.message.text) for post in world.slack.of(Post) if "bring" in str(post)}
    assert set(told) == {ROOM, ANNA, BEN}
    in_room = [text for text in world.slack.said() if "into the war room" in text]
    assert [f"<@{who}>" in text for who, text in zip((ANNA, BEN), in_room, strict=True)] == [True, True]
    assert "*INC-1*: I could not bring you into its war room: Slack says `ura_max_channels`" in told[ANNA]
    assert "an admin can change the account to a multi-channel guest" in told[ANNA]
    assert "Checkout" not in told[ANNA]
    said = len(world.slack.said())
    world.slack.answers[InvitePeople] = [refused]
    await _looked(world, CLEO)
    assert world.slack.said()[said:] == []


async def test_it_is_tried_again_by_itself_until_it_works(world: World) -> None:
    world.slack.answers[InvitePeople] = [Dead("ura_max_channels", {ANNA: "ura_max_channels"})]
    await _opened(world, CLEO)
    invited = len(world.slack.of(InvitePeople))
    await _looked(world, CLEO)
    assert [call.people for call in world.slack.of(InvitePeople)[invited:]] == [(ANNA,)]
    async with world.database.reading() as session:
        assert await outbox.dead(session, TEAM) == []


async def test_who_was_brought_in_by_hand_is_invited_no_more_and_nothing_stays_dead(world: World) -> None:
    world.slack.answers[InvitePeople] = [Dead("ura_max_channels", {ANNA: "ura_max_channels"})]
    await _opened(world, CLEO)
    invited = len(world.slack.of(InvitePeople))
    await _joined(world, ANNA)
    await _looked(world, ANNA, CLEO)
    assert len(world.slack.of(InvitePeople)) == invited
    async with world.database.reading() as session:
        assert await outbox.dead(session, TEAM) == []


async def test_who_is_no_guest_any_more_is_let_in_at_once(world: World) -> None:
    world.slack.answers[FetchPerson] = [GUEST] * 2
    world.slack.answers[InvitePeople] = [Dead("user_is_restricted", {ANNA: "user_is_restricted"})]
    await _opened(world, CLEO)
    await world.rooms.tick(world.clock())
    await world.deliver()
    world.clock.forward(minutes=1)
    invited = len(world.slack.of(InvitePeople))
    await world.rooms.changed(ANNA, MEMBER, world.clock())
    world.slack.answers[FetchMembers] = [_in_room(CLEO)]
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert world.slack.of(InvitePeople)[invited:][-1].people == (ANNA,)


async def test_a_look_that_is_due_is_not_put_off_by_looking_everywhere(world: World) -> None:
    await _opened(world, ANNA, BEN, private=False)
    await _joined(world, "UBOT", is_bot=True)
    before = len(world.slack.of(FetchMembers))
    await world.rooms.tick(world.clock())  # the first one: everywhere
    await world.deliver()
    assert len(world.slack.of(FetchMembers)) == before + 1


async def test_a_look_that_was_asked_for_while_another_was_under_way_is_not_forgotten(world: World) -> None:
    await world.declare(private=True)
    await world.rooms.tick(world.clock())
    world.slack.answers[FetchPerson] = [GUEST]
    world.slack.answers[FetchMembers] = [_in_room(CLEO)] * 2
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


async def test_who_is_deactivated_is_gone_from_every_incident(world: World) -> None:
    await _opened(world, ANNA, BEN)
    await world.declare(commander=BEN)
    await world.declare(commander=BEN)
    await world.change(3, rules.resolve)
    await world.deliver()
    await world.rooms.changed(BEN, GONE, world.clock())
    await world.deliver()
    assert (await world.incident(1)).roles_of(BEN) == ()
    assert (await world.incident(2)).commander is None
    assert (await world.incident(3)).commander == BEN
    told = "\n".join(world.slack.said())
    assert "was deactivated in Slack and is no longer Scribe" in told
    assert "no longer Incident Commander. *Nobody has command now.*" in told
    async with world.database.reading() as session:
        assert not (await people.known(session, TEAM, [BEN]))[BEN].is_active


async def test_a_change_of_somebody_never_met_is_nothing_to_remember(world: World) -> None:
    await world.rooms.changed(STRANGER, MEMBER, world.clock())
    await world.rooms.changed(STRANGER, GONE, world.clock())
    async with world.database.reading() as session:
        assert await people.known(session, TEAM, [STRANGER]) == {}


async def test_a_guest_finds_the_incidents_whose_rooms_they_are_in(world: World) -> None:
    await _opened(world, ANNA, STRANGER, private=False)
    await world.declare()
    await world.deliver()
    async with world.database.reading() as session:
        seen = await incidents.open_ones(session, TEAM, STRANGER, 20, is_guest=True)
        of_member = await incidents.open_ones(session, TEAM, STRANGER, 20)
    assert [each.incident.number for each in seen.worst] == [1]
    assert (seen.total, of_member.total) == (1, 2)


async def test_who_acts_in_the_room_is_in_it_and_a_look_is_due(world: World) -> None:
    await _opened(world, ANNA, BEN)
    await world.rooms.tick(world.clock())
    await world.deliver()
    async with world.database.writing() as session:
        stored = await incidents.INCIDENTS.by_number(session, TEAM, 1)
        assert stored is not None
        await rooms.vouch(session, stored, CLEO, world.clock())
    assert await _who_sees_it(world) == [ANNA, BEN, CLEO]
    world.slack.answers[FetchMembers] = [_in_room(ANNA, BEN, CLEO)]
    before = len(world.slack.of(FetchMembers))
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert len(world.slack.of(FetchMembers)) == before + 1


async def test_a_click_from_just_before_they_left_does_not_bring_them_back(world: World) -> None:
    await _opened(world, ANNA, BEN)
    await _left(world, BEN)
    async with world.database.writing() as session:
        stored = await incidents.INCIDENTS.by_number(session, TEAM, 1)
        assert stored is not None
        await rooms.vouch(session, stored, BEN, world.clock())
    assert await _who_sees_it(world) == [ANNA]
