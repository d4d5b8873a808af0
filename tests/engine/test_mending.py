"""A channel that was shut and is open again: what it was not shown is shown by itself, late and in order."""

from typing import Any

import pytest

from bot.engine.delivery.mending import Mending
from bot.engine.delivery.revival import revive
from bot.engine.store import outbox, revival
from bot.engine.store.surroundings import look_around
from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Severity
from bot.incident.effects.registry import EFFECTS
from bot.ports.port import Dead, Delivered, Result
from bot.ports.slack.calls import Call, Edit, InvitePeople, LookAtChannel, Post, Topic
from bot.subjects import REGISTRIES
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, TEAM, FakeSlack, World


class Closable(FakeSlack):
    """Channels that are archived refuse everything."""

    def __init__(self) -> None:
        super().__init__()
        self.shut: set[str] = set()
        self.seen: list[Call] = []
        self.looks = 0

    def _usual(self, call: Call) -> Result:
        channel = getattr(call, "channel", "")
        if isinstance(call, LookAtChannel):
            self.looks += 1
            return Delivered({"open": "" if channel in self.shut else "yes"})
        if channel in self.shut:
            return Dead("is_archived")
        self.seen.append(call)
        return super()._usual(call)

    def told(self, channel: str) -> list[str]:
        """What was posted there, in order."""
        return [str(call.message) for call in self.seen if isinstance(call, Post) and call.channel == channel]


@pytest.fixture
def slack(world: World) -> Closable:
    world.slack = slack = Closable()
    world.deliverer = world.new_deliverer()
    return slack


@pytest.fixture
def mending(world: World, slack: Closable) -> Mending:
    return Mending(
        world.database,
        TEAM,
        REGISTRIES,
        common_channel=INCIDENTS,
        perform=slack.perform,
        now=world.now,
        committed=lambda: None,
    )


async def _room(world: World, **more: Any) -> str:
    """An incident's room; its channel."""
    before = len(world.slack.of(Topic))
    await world.declare(**more)
    await world.deliver()
    return world.slack.of(Topic)[before].channel


async def _said_meanwhile(world: World, *notes: str) -> None:
    for note in notes:
        world.clock.forward(minutes=1)
        await world.change(1, rules.post_update, note)
        await world.deliver()


async def _dead(world: World) -> list[str]:
    async with world.database.reading() as session:
        return [row.kind for row in await outbox.dead(session, TEAM)]


async def test_a_room_that_is_open_again_hears_in_one_message_what_it_missed(
    world: World, slack: Closable, mending: Mending
) -> None:
    room = await _room(world)
    slack.shut.add(room)
    await _said_meanwhile(world, "half of it works", "three quarters work")
    slack.shut.clear()
    before = len(slack.told(room))
    assert await mending.reopened(room) > 0
    await world.change(1, rules.post_update, "all works again")
    await world.deliver()
    missed, newest = slack.told(room)[before:]
    assert "While this room could not be reached" in missed
    assert 0 < missed.find("half of it works") < missed.find("three quarters work")
    assert missed.count("<!date^") >= 2
    assert "all works again" in newest
    assert await _dead(world) == []


async def test_what_an_operator_revives_late_never_stands_last_without_its_time(
    world: World, slack: Closable
) -> None:
    room = await _room(world)
    slack.shut.add(room)
    await _said_meanwhile(world, "half of it works")
    slack.shut.clear()
    await _said_meanwhile(world, "all works again")
    async with world.database.writing() as session:
        await revive(session, REGISTRIES, TEAM, world.clock())
    await world.deliver()
    last = slack.told(room)[-1]
    assert "While this room could not be reached" in last
    assert "half of it works" in last
    assert "<!date^" in last


async def test_of_what_shows_the_present_state_the_last_is_enough(
    world: World, slack: Closable, mending: Mending
) -> None:
    room = await _room(world)
    slack.shut.add(room)
    for severity in (Severity.SEV2, Severity.SEV3, Severity.SEV4):
        await world.change(1, rules.change_severity, severity)
        await world.deliver()
    slack.shut.clear()
    before = len(world.slack.of(Edit))
    await mending.reopened(room)
    await world.deliver()
    cards = [edit for edit in world.slack.of(Edit)[before:] if edit.channel == room]
    assert ["SEV4" in str(card.message) for card in cards] == [True]


async def test_a_room_that_is_shut_twice_hears_of_everything_in_one_message(
    world: World, slack: Closable, mending: Mending
) -> None:
    room = await _room(world)
    slack.shut.add(room)
    await _said_meanwhile(world, "half of it works")
    await mending.reopened(room)  # and shut again before anything was said
    await world.deliver()
    await _said_meanwhile(world, "three quarters work")
    slack.shut.clear()
    before = len(slack.told(room))
    await mending.reopened(room)
    await world.deliver()
    (missed,) = slack.told(room)[before:]
    assert 0 < missed.find("half of it works") < missed.find("three quarters work")


async def test_of_very_much_the_latest_is_told_and_how_much_there_was_before(
    world: World, slack: Closable, mending: Mending
) -> None:
    room = await _room(world)
    slack.shut.add(room)
    for each in range(45):
        await world.change(1, rules.note, f"line {each}")
    await world.deliver()
    slack.shut.clear()
    await mending.reopened(room)
    await world.deliver()
    missed = slack.told(room)[-1]
    assert "5 earlier entries" in missed
    assert "line 44" in missed
    assert "line 4 " not in missed


async def test_an_offer_that_still_stands_can_be_answered_then_and_one_that_does_not_is_told(
    world: World, slack: Closable, mending: Mending
) -> None:
    room = await _room(world, commander=BEN)
    slack.shut.add(room)
    await world.change(1, rules.offer_handoff, CLEO, by=BEN)
    await world.deliver()
    slack.shut.clear()
    await mending.reopened(room)
    await world.deliver()
    assert "handoff_accept" in slack.told(room)[-1]
    slack.shut.add(room)
    await world.change(1, rules.answer_handoff, by=CLEO, accept=False)
    await world.change(1, rules.offer_handoff, ANNA, by=BEN)
    await world.change(1, rules.answer_handoff, by=ANNA, accept=True)
    await world.deliver()
    slack.shut.clear()
    await mending.reopened(room)
    await world.deliver()
    assert "handoff_accept" not in slack.told(room)[-1]


async def test_another_room_and_what_slack_refuses_for_another_reason_are_left_alone(
    world: World, slack: Closable, mending: Mending
) -> None:
    first, second = await _room(world), await _room(world)
    slack.shut |= {first, second}
    world.slack.answers[InvitePeople] = [Dead("user_is_restricted")]
    await world.change(1, rules.take_command, by=BEN)
    await world.change(2, rules.note, "found it")
    await world.deliver()
    slack.shut.clear()
    await mending.reopened(first)
    await world.deliver()
    assert sorted(await _dead(world)) == ["Invite", "TellRoom", "Warn"]


async def test_warnings_about_a_room_that_is_open_again_are_let_go(
    world: World, slack: Closable, mending: Mending
) -> None:
    room = await _room(world)
    slack.shut |= {room, ANNA}
    await _said_meanwhile(world, "half of it works")
    async with world.database.reading() as session:
        assert (await look_around(session, EFFECTS, TEAM, None, (), stream_id=1)).untold
    slack.shut.clear()
    await mending.reopened(room)
    await world.deliver()
    async with world.database.reading() as session:
        assert (await look_around(session, EFFECTS, TEAM, None, (), stream_id=1)).untold == ()


async def test_the_incidents_channel_is_caught_up_with_too(
    world: World, slack: Closable, mending: Mending
) -> None:
    slack.shut.add(INCIDENTS)
    await _room(world)
    assert "Announce" in await _dead(world)
    slack.shut.clear()
    await mending.reopened(INCIDENTS)
    await world.deliver()
    assert len(slack.told(INCIDENTS)) == 1
    assert await _dead(world) == []


async def test_where_slack_did_not_tell_a_look_now_and_then_finds_it(
    world: World, slack: Closable, mending: Mending
) -> None:
    room = await _room(world)
    slack.shut |= {room, INCIDENTS}
    await _said_meanwhile(world, "half of it works")
    said = len(slack.calls)
    await mending.look()
    await world.deliver()
    assert slack.looks == 2
    assert all(isinstance(call, LookAtChannel) for call in slack.calls[said:])  # nobody is warned again
    slack.shut.clear()
    await mending.look()
    await world.deliver()
    assert "half of it works" in slack.told(room)[-1]
    assert await _dead(world) == []
    await mending.look()
    assert slack.looks == 4  # nothing is left to look at


async def test_of_many_shut_channels_some_are_looked_at_and_the_next_time_the_others(
    world: World, slack: Closable, mending: Mending
) -> None:
    rooms = [await _room(world) for _ in range(3)]
    slack.shut |= {*rooms}
    for number in (1, 2, 3):
        await world.change(number, rules.note, "found it")
    await world.deliver()
    for _ in range(2):
        await mending.look(most=2)
    looked = [call.channel for call in slack.of(LookAtChannel)]
    assert len(looked) == 4
    assert set(looked) == set(rooms)


async def test_what_nobody_can_mend_is_told_and_then_off_the_list(world: World) -> None:
    await _room(world)
    world.slack.answers[Topic] = [Dead("message_not_found")]
    await world.change(1, rules.resolve)
    await world.deliver()
    assert await _dead(world) == []
    assert any("message_not_found" in text for text in world.slack.said())


async def test_what_is_not_wanted_any_more_can_be_dropped(world: World) -> None:
    await _room(world)
    world.slack.answers[Topic] = [Dead("restricted_action")]
    await world.change(1, rules.resolve)
    await world.deliver()
    async with world.database.writing() as session:
        (row,) = await outbox.dead(session, TEAM)
        assert row.id is not None
        assert not await revival.drop(session, row.id + 100, world.clock())
        assert await revival.drop(session, row.id, world.clock())
        assert not await revival.drop(session, row.id, world.clock())
        assert await revive(session, REGISTRIES, TEAM, world.clock()) == 0
