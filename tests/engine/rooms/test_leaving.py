"""Who leaves the room, or is deactivated in Slack, loses their roles."""

import pytest

from bot.engine.store import people
from bot.incident.domain import facts, rules
from bot.incident.domain.vocabulary import Role, RoleEndReason
from bot.ports.port import Dead
from bot.ports.slack.calls import FetchMembers, Post
from tests.engine.rooms.members import (
    GONE,
    MEMBER,
    ROOM,
    STRANGER,
    in_room,
    joined,
    left,
    opened,
    who_sees_it,
)
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World


async def test_the_roles_of_whoever_leaves_end_as_the_room_and_the_timeline_show(world: World) -> None:
    await opened(world, ANNA, BEN)
    await left(world, BEN)
    await world.deliver()
    ended = (await world.timeline(1))[-1].fact
    assert isinstance(ended, facts.RolesEnded)
    assert (ended.by, ended.person, ended.roles, ended.why) == (BEN, BEN, (Role.SCRIBE,), RoleEndReason.LEFT)
    assert "Uben left the room and is no longer Scribe" in world.slack.said()[-1]


@pytest.mark.parametrize("private", [False, True])
async def test_if_the_commander_leaves_the_room_is_told_and_later_reminded(
    world: World,
    private: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    await opened(world, ANNA, BEN, private=private)
    await world.change(1, rules.take_command, by=BEN)
    world.clock.forward(minutes=1)
    await left(world, BEN)
    await world.deliver()
    told = next(post for post in world.slack.of(Post)[::-1] if "left the room" in post.message.text)
    assert "is no longer Incident Commander and Scribe. *Nobody has command now.*" in told.message.text
    assert "take_command" in str(told.message.blocks)
    assert (await world.incident(1)).commander is None
    world.clock.forward(seconds=world.policy.commander_within.total_seconds())
    assert await world.tick() == 1


async def test_a_late_or_repeated_event_changes_nothing(world: World) -> None:
    await opened(world, ANNA, BEN)
    before = world.clock()
    world.clock.forward(minutes=5)
    await joined(world, BEN)
    await left(world, BEN, at=before)
    assert (await world.incident(1)).roles_of(BEN) == (Role.SCRIBE,)
    assert await who_sees_it(world) == [ANNA, BEN]
    await left(world, BEN)
    told = (await world.incident(1)).version
    await left(world, BEN)
    assert (await world.incident(1)).version == told


async def test_a_reminder_does_not_mention_whoever_has_left(world: World) -> None:
    await world.declare(private=True)
    world.slack.answers[FetchMembers] = [in_room(ANNA, CLEO)]
    await world.deliver()
    world.clock.forward(minutes=1)
    await left(world, ANNA)
    world.clock.forward(minutes=2)
    await world.tick()
    await world.deliver()
    (reminder,) = [
        post for post in world.slack.of(Post) if "take_command" in str(post) and post.channel == ROOM
    ][-1:]
    assert f"<@{ANNA}>" not in reminder.message.text


async def test_a_message_that_the_room_cannot_show_goes_to_nobody_who_has_left(world: World) -> None:
    await opened(world, BEN, CLEO)
    world.slack.answers[Post] = [Dead("channel_not_found")] * 2
    await world.change(1, rules.note, "found it", by=BEN)
    await world.deliver()
    assert world.slack.of(Post)[-1].channel == BEN  # not Anna, who declared
    await left(world, BEN)
    world.slack.answers[Post] = [Dead("is_archived")] * 9
    await world.deliver()
    assert all(post.channel == ROOM for post in world.slack.of(Post)[-2:])


async def test_whoever_is_deactivated_loses_their_roles_in_every_open_incident(world: World) -> None:
    await opened(world, ANNA, BEN)
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


async def test_a_change_of_an_unknown_person_is_not_stored(world: World) -> None:
    await world.rooms.changed(STRANGER, MEMBER, world.clock())
    await world.rooms.changed(STRANGER, GONE, world.clock())
    async with world.database.reading() as session:
        assert await people.known(session, TEAM, [STRANGER]) == {}
