"""Dead effects are tried again when their channel is open, or reported, or dropped."""

from bot.engine.delivery.dead_letters import retry_dead_letters
from bot.engine.delivery.reopened_channels import ReopenedChannels
from bot.engine.store import dead_letters, outbox
from bot.engine.store.act_context import read_act_context
from bot.incident.domain import rules
from bot.incident.effects.registry import EFFECTS
from bot.ports.port import Dead
from bot.ports.slack.calls import InvitePeople, LookAtChannel, Topic
from bot.subjects import REGISTRIES
from tests.engine.mending.conftest import Closable, dead_kinds, room_of, said_meanwhile
from tests.engine.world import ANNA, BEN, INCIDENTS, TEAM, World


async def test_other_rooms_and_other_refusals_stay_dead(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    first, second = await room_of(world), await room_of(world)
    slack.shut |= {first, second}
    world.slack.answers[InvitePeople] = [Dead("user_is_restricted")]
    await world.change(1, rules.take_command, by=BEN)
    await world.change(2, rules.note, "found it")
    await world.deliver()
    slack.shut.clear()
    await mending.reopened(first)
    await world.deliver()
    assert sorted(await dead_kinds(world)) == ["Invite", "TellRoom", "Warn"]


async def test_warnings_about_a_room_that_is_open_again_are_dropped(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    room = await room_of(world)
    slack.shut |= {room, ANNA}
    await said_meanwhile(world, "half of it works")
    async with world.database.reading() as session:
        assert (await read_act_context(session, EFFECTS, TEAM, None, (), stream_id=1)).unshown_warnings
    slack.shut.clear()
    await mending.reopened(room)
    await world.deliver()
    async with world.database.reading() as session:
        assert (await read_act_context(session, EFFECTS, TEAM, None, (), stream_id=1)).unshown_warnings == ()


async def test_a_channel_that_was_opened_without_an_event_is_found_by_looking(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    room = await room_of(world)
    slack.shut |= {room, INCIDENTS}
    await said_meanwhile(world, "half of it works")
    said = len(slack.calls)
    await mending.check()
    await world.deliver()
    assert slack.looks == 2
    assert all(isinstance(call, LookAtChannel) for call in slack.calls[said:])  # nobody is warned again
    slack.shut.clear()
    await mending.check()
    await world.deliver()
    assert "half of it works" in slack.told(room)[-1]
    assert await dead_kinds(world) == []
    await mending.check()
    assert slack.looks == 4  # nothing is left to look at


async def test_each_look_checks_some_of_the_archived_channels_and_the_next_look_the_others(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    rooms = [await room_of(world) for _ in range(3)]
    slack.shut |= {*rooms}
    for number in (1, 2, 3):
        await world.change(number, rules.note, "found it")
    await world.deliver()
    for _ in range(2):
        await mending.check(most=2)
    looked = [call.channel for call in slack.of(LookAtChannel)]
    assert len(looked) == 4
    assert set(looked) == set(rooms)


async def test_an_effect_that_nobody_can_repair_is_reported_and_not_kept_as_dead(world: World) -> None:
    await room_of(world)
    world.slack.answers[Topic] = [Dead("message_not_found")]
    await world.change(1, rules.resolve)
    await world.deliver()
    assert await dead_kinds(world) == []
    assert any("message_not_found" in text for text in world.slack.said())


async def test_an_effect_that_is_no_longer_wanted_can_be_dropped(world: World) -> None:
    await room_of(world)
    world.slack.answers[Topic] = [Dead("restricted_action")]
    await world.change(1, rules.resolve)
    await world.deliver()
    async with world.database.writing() as session:
        (row,) = await outbox.dead(session, TEAM)
        assert row.id is not None
        assert not await dead_letters.drop(session, row.id + 100, world.clock())
        assert await dead_letters.drop(session, row.id, world.clock())
        assert not await dead_letters.drop(session, row.id, world.clock())
        assert await retry_dead_letters(session, REGISTRIES, TEAM, world.clock()) == 0
