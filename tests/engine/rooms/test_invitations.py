"""Invitations to the room: refused, repeated, and not sent to those who have left."""

import asyncio
from datetime import timedelta

from bot.engine.acts.idempotency import Done
from bot.engine.delivery.dead_letters import retry_dead_letters
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import leases, outbox
from bot.incident.domain import rules
from bot.incident.domain.effects import Invite
from bot.incident.domain.vocabulary import Role
from bot.incident.effects.invite import HANDLER
from bot.incident.effects.registry import EFFECTS
from bot.incident.store import rooms
from bot.ports.port import Dead, Delivered
from bot.ports.slack.calls import FetchMembers, FetchPerson, InvitePeople, Post
from bot.subjects import REGISTRIES
from tests.engine.rooms.members import (
    GUEST,
    MEMBER,
    ROOM,
    in_room,
    joined,
    left,
    looked,
    opened,
    somebody_waits,
    who_sees_it,
)
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World


async def test_an_invitation_from_before_they_left_is_not_sent_again(world: World) -> None:
    world.slack.answers[InvitePeople] = [Dead("missing_scope")]
    await opened(world)
    await joined(world, BEN)  # by hand
    world.clock.forward(minutes=1)
    await left(world, BEN)
    invited = len(world.slack.of(InvitePeople))
    async with world.database.writing() as session:
        await retry_dead_letters(session, REGISTRIES, TEAM, world.clock())
    await world.deliver()
    assert all(BEN not in call.people for call in world.slack.of(InvitePeople)[invited:])


async def test_whoever_left_is_invited_again_with_a_new_role(world: World) -> None:
    await opened(world, ANNA, BEN)
    await left(world, BEN)
    world.clock.forward(minutes=1)
    assert isinstance(await world.change(1, rules.assign, Role.EXPERT, BEN), Done)
    await world.deliver()
    assert world.slack.of(InvitePeople)[-1].people == (BEN,)


async def test_whoever_was_invited_is_in_the_room_at_once_unless_a_newer_event_says_otherwise(
    world: World,
) -> None:
    await opened(world, ANNA, BEN)
    await left(world, BEN)
    for person in (CLEO, BEN):
        world.clock.forward(minutes=1)
        await world.change(1, rules.assign, Role.EXPERT, person)
        world.slack.answers[InvitePeople] = [Delivered({"people": person})]
        if person == BEN:
            await left(world, BEN, at=world.clock() + timedelta(seconds=1))
        await world.deliver()
    assert await who_sees_it(world) == [ANNA, CLEO]


async def test_a_refused_invitation_is_reported_once_to_the_person_and_to_the_room(world: World) -> None:
    refused = Dead("user_is_restricted", {ANNA: "ura_max_channels", BEN: "user_is_restricted"})
    world.slack.answers[InvitePeople] = [refused, Dead("user_is_restricted", {BEN: "user_is_restricted"})]
    await opened(world, CLEO)
    told = {post.channel: str(post.message.text) for post in world.slack.of(Post) if "bring" in str(post)}
    assert set(told) == {ROOM, ANNA, BEN}
    texts = [text for text in world.slack.said() if "into the war room" in text]
    assert [f"<@{who}>" in text for who, text in zip((ANNA, BEN), texts, strict=True)] == [True, True]
    assert "*INC-1*: I could not bring you into its war room: Slack says `ura_max_channels`" in told[ANNA]
    assert "an admin can change the account to a multi-channel guest" in told[ANNA]
    assert "Checkout" not in told[ANNA]
    said = len(world.slack.said())
    world.slack.answers[InvitePeople] = [refused]
    await looked(world, CLEO)
    assert world.slack.said()[said:] == []


async def test_a_refused_invitation_is_tried_again_until_it_works(world: World) -> None:
    world.slack.answers[InvitePeople] = [Dead("ura_max_channels", {ANNA: "ura_max_channels"})]
    await opened(world, CLEO)
    invited = len(world.slack.of(InvitePeople))
    await looked(world, CLEO)
    assert [call.people for call in world.slack.of(InvitePeople)[invited:]] == [(ANNA,)]
    async with world.database.reading() as session:
        assert await outbox.dead(session, TEAM) == []


async def test_whoever_joined_by_hand_is_not_invited_again_and_no_effect_stays_dead(world: World) -> None:
    world.slack.answers[InvitePeople] = [Dead("ura_max_channels", {ANNA: "ura_max_channels"})]
    await opened(world, CLEO)
    invited = len(world.slack.of(InvitePeople))
    await joined(world, ANNA)
    await looked(world, ANNA, CLEO)
    assert len(world.slack.of(InvitePeople)) == invited
    async with world.database.reading() as session:
        assert await outbox.dead(session, TEAM) == []


async def test_whoever_is_no_longer_a_guest_is_invited_at_once(world: World) -> None:
    world.slack.answers[FetchPerson] = [GUEST] * 2
    world.slack.answers[InvitePeople] = [Dead("user_is_restricted", {ANNA: "user_is_restricted"})]
    await opened(world, CLEO)
    await world.rooms.tick(world.clock())
    await world.deliver()
    world.clock.forward(minutes=1)
    invited = len(world.slack.of(InvitePeople))
    await world.rooms.changed(ANNA, MEMBER, world.clock())
    world.slack.answers[FetchMembers] = [in_room(CLEO)]
    await world.rooms.tick(world.clock())
    await world.deliver()
    assert world.slack.of(InvitePeople)[invited:][-1].people == (ANNA,)


async def test_an_invitation_and_the_event_of_joining_wait_for_each_other(world: World) -> None:
    await opened(world, ANNA)
    await world.change(1, rules.assign, Role.EXPERT, CLEO)
    async with world.database.writing() as session:
        (row,) = await leases.claim(session, TEAM, world.clock(), "one", 1, only=Invite.__name__)

    async def receive() -> None:
        async with world.database.writing() as session:
            marking = DeliveryTransaction(session, row, world.clock(), EFFECTS, world.incidents, None)
            await HANDLER.delivered(marking, Invite((CLEO,)), {"people": CLEO})

    async with world.database.writing() as session:
        stored = await rooms.of_channel(session, TEAM, ROOM)
        assert stored is not None
        receiving = asyncio.create_task(receive())
        await somebody_waits(world.database)
        await rooms.record_presence(session, stored, CLEO, world.clock(), present=True)
    await receiving
    assert CLEO in await who_sees_it(world)
