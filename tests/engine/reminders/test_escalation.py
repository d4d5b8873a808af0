"""A reminder comes in time, escalates, and stays one message."""

from sqlmodel import col, update

from bot.core.text import when
from bot.engine.store.tables import StreamRow
from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Role, Severity
from bot.ports.port import Dead
from bot.ports.slack.calls import Edit, Post
from tests.engine.reminders.scenario import (
    A_DAY,
    commanded,
    edits,
    minutes_pass,
    reminders_in_room,
    reminders_posted,
    reminders_shown,
    time_passes,
)
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, World


async def test_nobody_is_reminded_long_before_an_update_is_due(world: World) -> None:
    await commanded(world)
    world.clock.forward(minutes=11, seconds=59)
    assert await world.tick() == 0


async def test_shortly_before_an_update_is_due_the_commander_is_reminded_with_three_answers(
    world: World,
) -> None:
    await commanded(world)
    await time_passes(world, 12)
    (reminder,) = reminders_posted(world)
    assert f"<@{BEN}>" in str(reminder.message.text)
    assert "is due in 3 min" in str(reminder.message.text)
    labels = [element["text"]["text"] for element in reminder.message.blocks[1]["elements"]]
    assert labels == ["Post update", "No change", "Snooze 10 min"]


async def test_when_the_update_is_overdue_the_same_message_says_so(world: World) -> None:
    await commanded(world)
    await time_passes(world, 12, 3)
    assert len(reminders_posted(world)) == 1
    (text,) = reminders_shown(world)
    assert "was due at" in text
    assert "No update yet, declared 15 min ago" in text


async def test_a_deleted_reminder_comes_back_while_it_is_needed(world: World) -> None:
    await commanded(world)
    await time_passes(world, 12)
    world.slack.answers[Edit] = [Dead("message_not_found")]
    await time_passes(world, 3)
    assert len(reminders_posted(world)) == 2
    assert not [text for text in world.slack.said() if "could not" in text]


async def test_two_ticks_at_the_same_time_remind_once(world: World) -> None:
    await commanded(world)
    world.clock.forward(minutes=12)
    assert [await world.tick(), await world.tick()] == [1, 0]


async def test_reminders_escalate_to_the_deputy_and_then_to_the_incidents_channel(world: World) -> None:
    number = await commanded(world)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    await minutes_pass(world, minutes=30)
    first, asked = reminders_in_room(world)
    assert f"<@{BEN}>\n" in str(first.message.text)
    assert f"<@{BEN}> <@{CLEO}>" in str(asked.message.text)
    (broadcast,) = reminders_posted(world, INCIDENTS)
    assert "Checkout is failing" in str(broadcast.message.text)


async def test_at_most_one_reminder_is_open_in_the_room_and_one_in_the_channel(world: World) -> None:
    number = await commanded(world)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    for minutes in A_DAY:
        await time_passes(world, minutes)
        assert len(reminders_shown(world)) <= 1
        assert len(reminders_shown(world, in_channel=True)) <= 1
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    assert reminders_shown(world) == reminders_shown(world, in_channel=True) == []
    answers = edits(world, "answered with an update")
    assert sorted(edit.channel == INCIDENTS for edit in answers) == [False, True]


async def test_a_day_without_updates_brings_at_most_fifteen_reminders(world: World) -> None:
    await world.declare()
    await time_passes(world, *A_DAY)
    assert 5 <= len(reminders_posted(world)) <= 15
    assert 2 <= len(reminders_posted(world, INCIDENTS)) <= 3


async def test_a_day_without_updates_brings_no_more_with_a_deputy(world: World) -> None:
    number = await commanded(world)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    await time_passes(world, *A_DAY)
    assert len(reminders_posted(world)) <= 15


async def test_lateness_is_counted_from_the_last_update_not_from_the_last_reminder(world: World) -> None:
    number = await commanded(world, Severity.SEV2)
    await time_passes(world, 5)
    await world.change(number, rules.post_update, "Half fail", by=BEN)
    updated = when(world.clock())
    await time_passes(world, *[5] * 50)  # called again 30 + 10 + 30 + 60 + 120 minutes after the update
    for text in (*reminders_shown(world), *reminders_shown(world, in_channel=True)):
        assert f"Last update 4 h 10 min ago ({updated}), due every 30 min." in text
    assert len(reminders_shown(world)) == len(reminders_shown(world, in_channel=True)) == 1


async def test_a_private_incident_reminds_only_its_own_people(world: World) -> None:
    number = await commanded(world, private=True)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    await minutes_pass(world, minutes=30)
    assert all(post.channel != INCIDENTS for post in world.slack.of(Post))
    called = [str(post.message.text).partition("\n")[0] for post in reminders_posted(world)]
    assert called == [f"<@{BEN}>", f"<@{BEN}> <@{CLEO}>", f"<@{BEN}> <@{CLEO}> <@{ANNA}>"]
    assert len(reminders_shown(world)) == 1


async def test_after_a_long_stop_a_private_incident_also_gets_one_reminder(world: World) -> None:
    await commanded(world, private=True)
    await time_passes(world, 60)
    assert len(reminders_posted(world)) == len(reminders_shown(world)) == 1


async def test_an_hour_without_a_tick_brings_one_reminder_not_four(world: World) -> None:
    await commanded(world)
    await time_passes(world, 60)
    assert [post.channel == INCIDENTS for post in reminders_posted(world)] == [False, True]
    await minutes_pass(world, minutes=9)
    assert len(reminders_posted(world)) == 2


async def test_many_reminders_due_at_once_each_come_once(world: World) -> None:
    for each in range(7):
        await world.declare(f"Incident {each}", commander=BEN)
    world.clock.forward(minutes=12)
    assert await world.tick() == 7
    assert await world.tick() == 0


async def test_an_incident_that_is_damaged_keeps_no_other_from_being_reminded_of(world: World) -> None:
    await commanded(world, Severity.SEV1)
    await commanded(world, Severity.SEV1)
    async with world.database.writing() as session:
        damaged = update(StreamRow).where(col(StreamRow.number) == 1)
        await session.exec(damaged.values(state={"title": "damaged", "shape": 2}))
    await time_passes(world, 35)
    (reminder,) = reminders_in_room(world)
    assert "INC-2" in str(reminder.message.text)
