"""The commander's do-not-disturb: read from Slack, told once a stretch, and followed until command passes on."""

from datetime import datetime, timedelta

import pytest
from sqlmodel import col, update

from bot.core.actor import machine
from bot.engine.store.database import Database
from bot.engine.store.tables import StreamRow
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role
from bot.ports.port import Delivered
from bot.ports.slack.calls import FetchDoNotDisturb, Post
from tests.conftest import StillClock
from tests.engine.world import ANNA, BEN, CLEO, World

SIGN = ":zzz:"


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return World(database, policy, clock, sees_do_not_disturb=True)


def receipt(start: datetime, hours: int = 8) -> dict[str, str]:
    return {
        "start": str(int(start.timestamp())),
        "end": str(int((start + timedelta(hours=hours)).timestamp())),
    }


def night(world: World, **ahead: float) -> None:
    """Slack answers that a stretch of eight hours begins then."""
    world.slack.answers.setdefault(FetchDoNotDisturb, []).append(
        Delivered(receipt(world.clock() + timedelta(**ahead)))
    )


def told_room(world: World) -> list[str]:
    return [
        str(post.message.text)
        for post in world.slack.of(Post)
        if SIGN in str(post.message.text) and post.channel.startswith("CROOM")
    ]


def told_people(world: World) -> list[str]:
    return [
        post.channel
        for post in world.slack.of(Post)
        if SIGN in str(post.message.text) and not post.channel.startswith("CROOM")
    ]


async def declared(world: World, **more: str) -> int:
    incident = await world.declare(**more)
    await world.deliver()
    return incident.number


async def time_passes(world: World, **length: float) -> None:
    world.clock.forward(**length)
    await world.do_not_disturb.tick(world.clock())
    await world.deliver()


async def test_room_and_assigner_are_told_that_the_new_commander_is_not_notified(world: World) -> None:
    number = await declared(world)
    night(world, hours=-1)
    await world.change(number, rules.assign, Role.COMMANDER, BEN)
    await world.deliver()
    (text,) = told_room(world)
    assert f"<@{BEN}> has command of *INC-1* and is in do-not-disturb" in text
    assert told_people(world) == [ANNA]


async def test_who_takes_command_within_their_own_night_hours_is_not_told_of(world: World) -> None:
    number = await declared(world)
    night(world, hours=-1)
    await world.change(number, rules.take_command, by=BEN)
    await world.deliver()
    await time_passes(world, hours=1)
    assert told_room(world) == []
    assert told_people(world) == []


async def test_who_is_offered_command_in_do_not_disturb_concerns_only_who_offers_it(world: World) -> None:
    number = await declared(world, commander=ANNA)
    night(world, hours=-1)
    await world.change(number, rules.offer_handoff, BEN, by=ANNA)
    await world.deliver()
    assert told_people(world) == [ANNA]
    assert told_room(world) == []


async def test_the_room_is_told_when_a_stretch_begins_once_each_night(world: World) -> None:
    number = await declared(world)
    night(world, hours=2)
    await world.change(number, rules.take_command, by=BEN)
    await world.deliver()
    night(world, hours=2)
    await time_passes(world, hours=2)
    assert len(told_room(world)) == 1
    await time_passes(world, hours=4)
    assert len(told_room(world)) == 1
    night(world, hours=20)
    await time_passes(world, hours=4)  # it ends, and the next one is read
    assert len(world.slack.of(FetchDoNotDisturb)) == 3
    night(world, hours=20)
    world.slack.answers[FetchDoNotDisturb] = [Delivered(receipt(world.clock() + timedelta(hours=16)))]
    await time_passes(world, hours=20)
    assert len(told_room(world)) == 2


async def test_an_event_tells_it_at_once_and_every_replica_only_once(world: World) -> None:
    number = await declared(world)
    await world.change(number, rules.take_command, by=BEN)
    other = World(world.database, world.policy, world.clock, world.slack, worker="two")
    for each in (world, other, world):
        await each.do_not_disturb.changed(BEN, receipt(world.clock()), world.clock())
    await world.deliver()
    assert len(told_room(world)) == 1


async def test_the_schedule_of_others_and_of_one_without_do_not_disturb_changes_nothing(world: World) -> None:
    number = await declared(world)
    await world.change(number, rules.take_command, by=BEN)
    await world.change(number, rules.assign, Role.SCRIBE, CLEO)
    await world.deliver()
    for person in (ANNA, CLEO, "UNOBODY"):
        await world.do_not_disturb.changed(person, receipt(world.clock()), world.clock())
    await world.do_not_disturb.changed(BEN, {"start": "0", "end": "0"}, world.clock())
    await world.deliver()
    assert told_room(world) == []


async def test_whoever_does_not_command_any_more_is_not_followed(world: World) -> None:
    number = await declared(world)
    night(world, hours=2)
    await world.change(number, rules.take_command, by=BEN)
    await world.deliver()
    await world.change(number, rules.resolve, by=BEN)
    await time_passes(world, hours=2)
    await time_passes(world, hours=2)
    assert len(world.slack.of(FetchDoNotDisturb)) == 1
    assert told_room(world) == []


async def test_an_incident_that_cannot_be_read_keeps_no_other_commander_from_being_followed(
    world: World,
) -> None:
    for title, person in (("One", BEN), ("Two", BEN), ("Three", CLEO)):
        number = await declared(world, title=title)
        night(world, hours=2)
        await world.change(number, rules.take_command, by=person)
        await world.deliver()
    async with world.database.writing() as session:
        damaged = update(StreamRow).where(col(StreamRow.number) == 1)
        await session.exec(damaged.values(state={"title": "damaged", "shape": 2}))
    world.slack.calls.clear()
    await time_passes(world, hours=2)
    assert {call.person for call in world.slack.of(FetchDoNotDisturb)} == {BEN, CLEO}
    await world.do_not_disturb.changed(BEN, receipt(world.clock()), world.clock())
    await world.deliver()
    assert len(told_room(world)) == 1


async def test_a_reading_that_comes_too_late_tells_nobody(world: World) -> None:
    number = await declared(world)
    await world.change(number, rules.assign, Role.COMMANDER, BEN)
    await world.change(number, rules.assign, Role.COMMANDER, CLEO, force=True)
    night(world, hours=-1)
    await world.deliver()
    (asked,) = world.slack.of(FetchDoNotDisturb)
    assert asked.person == CLEO


async def test_a_machine_that_gave_command_is_not_told(world: World) -> None:
    number = await declared(world)
    night(world, hours=-1)
    await world.change(number, rules.assign, Role.COMMANDER, BEN, by=machine("PagerDuty"))
    await world.deliver()
    assert told_people(world) == []
    assert len(told_room(world)) == 1


async def test_without_the_scope_slack_is_not_asked(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    number = await declared(world)
    await world.change(number, rules.assign, Role.COMMANDER, BEN)
    await world.deliver()
    assert world.slack.of(FetchDoNotDisturb) == []


async def test_what_slack_does_not_let_us_know_tells_nobody(world: World) -> None:
    number = await declared(world)
    await world.change(number, rules.assign, Role.COMMANDER, BEN)
    await world.deliver()
    assert len(world.slack.of(FetchDoNotDisturb)) == 1
    assert told_room(world) == []


async def test_the_assigner_of_a_private_incident_who_has_left_it_is_told_nothing(world: World) -> None:
    number = await declared(world, private=True)  # type: ignore[arg-type]
    room = world.slack.of(Post)[0].channel
    night(world, hours=-1)
    await world.change(number, rules.assign, Role.COMMANDER, BEN)
    await world.rooms.joined(room, ANNA, world.clock(), world.clock())
    world.clock.forward(seconds=1)
    await world.rooms.left(room, ANNA, world.clock(), world.clock())
    await world.deliver()
    assert told_people(world) == []
