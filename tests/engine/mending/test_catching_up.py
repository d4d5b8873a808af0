"""A channel that is open again shows what it missed, in order and in one message."""

from bot.engine.delivery.dead_letters import retry_dead_letters
from bot.engine.delivery.reopened_channels import ReopenedChannels
from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Severity
from bot.ports.slack.calls import Edit
from bot.subjects import REGISTRIES
from tests.engine.mending.conftest import Closable, dead_kinds, room_of, said_meanwhile
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, TEAM, World


async def test_a_room_that_is_open_again_shows_what_it_missed_in_one_message(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    room = await room_of(world)
    slack.shut.add(room)
    await said_meanwhile(world, "half of it works", "three quarters work")
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
    assert await dead_kinds(world) == []


async def test_a_message_that_an_operator_revives_late_shows_its_time(world: World, slack: Closable) -> None:
    room = await room_of(world)
    slack.shut.add(room)
    await said_meanwhile(world, "half of it works")
    slack.shut.clear()
    await said_meanwhile(world, "all works again")
    async with world.database.writing() as session:
        await retry_dead_letters(session, REGISTRIES, TEAM, world.clock())
    await world.deliver()
    last = slack.told(room)[-1]
    assert "While this room could not be reached" in last
    assert "half of it works" in last
    assert "<!date^" in last


async def test_the_card_is_edited_only_once_to_the_present_state(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    room = await room_of(world)
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


async def test_a_room_that_is_archived_twice_shows_everything_in_one_message(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    room = await room_of(world)
    slack.shut.add(room)
    await said_meanwhile(world, "half of it works")
    await mending.reopened(room)  # and shut again before anything was said
    await world.deliver()
    await said_meanwhile(world, "three quarters work")
    slack.shut.clear()
    before = len(slack.told(room))
    await mending.reopened(room)
    await world.deliver()
    (missed,) = slack.told(room)[before:]
    assert 0 < missed.find("half of it works") < missed.find("three quarters work")


async def test_the_latest_entries_are_shown_with_the_number_of_earlier_ones(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    room = await room_of(world)
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


async def test_an_open_offer_has_buttons_and_a_closed_one_has_none(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    room = await room_of(world, commander=BEN)
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


async def test_the_incidents_channel_also_shows_what_it_missed(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    slack.shut.add(INCIDENTS)
    await room_of(world)
    assert "Announce" in await dead_kinds(world)
    slack.shut.clear()
    await mending.reopened(INCIDENTS)
    await world.deliver()
    assert len(slack.told(INCIDENTS)) == 1
    assert await dead_kinds(world) == []
