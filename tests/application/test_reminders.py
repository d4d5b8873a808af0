"""The promise of regular news: reminded once, escalated, answered, and never four times after a stop."""

from datetime import timedelta
from typing import Any

from bot.application.calls import Edit, Post
from bot.domain import rules
from bot.domain.vocabulary import Role, Severity
from tests.application.world import ANNA, BEN, CLEO, INCIDENTS, World


async def _room_posts(world: World) -> list[Post]:
    await world.deliver()
    return [post for post in world.slack.of(Post) if post.channel != INCIDENTS]


async def _commanded(world: World, severity: Severity = Severity.SEV1, **more: Any) -> int:
    incident = await world.declare(severity=severity, commander=BEN, **more)
    await world.deliver()
    world.slack.calls.clear()
    return incident.number


async def test_nobody_is_reminded_while_the_promise_holds(world: World) -> None:
    await _commanded(world)
    world.clock.forward(minutes=14, seconds=59)
    assert await world.tick() == 0


async def test_when_the_promise_runs_out_the_commander_is_reminded_with_three_answers(world: World) -> None:
    await _commanded(world)
    world.clock.forward(minutes=15)
    assert await world.tick() == 1
    (reminder,) = await _room_posts(world)
    assert f"<@{BEN}>" in str(reminder.message.text)
    labels = [element["text"]["text"] for element in reminder.message.blocks[1]["elements"]]
    assert labels == ["Post update", "No change", "Snooze 10 min"]


async def test_two_ticks_of_one_moment_remind_once(world: World) -> None:
    await _commanded(world)
    world.clock.forward(minutes=15)
    assert [await world.tick(), await world.tick()] == [1, 0]


async def test_the_ladder_climbs_to_the_deputy_and_then_to_the_incidents_channel(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    for minutes in (15, 5, 5):
        world.clock.forward(minutes=minutes)
        await world.tick()
        await world.deliver()
    reminders = [post for post in world.slack.of(Post) if ":bell:" in str(post.message.text)]
    asked, broadcast = reminders
    assert f"<@{BEN}> <@{CLEO}>" in str(asked.message.text)
    assert broadcast.channel == INCIDENTS
    assert "Checkout is failing" in str(broadcast.message.text)


async def test_a_private_incident_calls_its_own_people_only(world: World) -> None:
    await _commanded(world, private=True)
    for minutes in (15, 5, 5):
        world.clock.forward(minutes=minutes)
        await world.tick()
        await world.deliver()
    assert len(world.slack.of(Post)) == 3
    assert all(post.channel != INCIDENTS for post in world.slack.of(Post))
    assert f"<@{BEN}> <@{ANNA}>" in str(world.slack.of(Post)[-1].message.text)


async def test_an_hour_of_standstill_brings_one_reminder_not_four(world: World) -> None:
    await _commanded(world)
    world.clock.forward(hours=1)
    assert await world.tick() == 1
    assert len(await _room_posts(world)) == 1


async def test_an_update_answers_the_reminder_and_renews_the_promise(world: World) -> None:
    number = await _commanded(world)
    world.clock.forward(minutes=15)
    await world.tick()
    await world.deliver()
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    answered = [edit for edit in world.slack.of(Edit) if "answered with an update" in str(edit.message.text)]
    assert len(answered) == 1
    assert all(block["type"] != "actions" for block in answered[0].message.blocks)
    world.clock.forward(minutes=14)
    assert await world.tick() == 0
    world.clock.forward(minutes=1)
    assert await world.tick() == 1


async def test_no_change_is_an_answer_too(world: World) -> None:
    number = await _commanded(world)
    world.clock.forward(minutes=15)
    await world.tick()
    await world.deliver()
    await world.change(number, rules.no_change, by=BEN)
    await world.deliver()
    assert any("no change" in str(edit.message.text) for edit in world.slack.of(Edit))


async def test_a_snooze_survives_and_then_the_reminder_comes_again(world: World) -> None:
    number = await _commanded(world)
    world.clock.forward(minutes=15)
    await world.tick()
    await world.deliver()
    await world.change(number, rules.snooze, timedelta(minutes=10), by=BEN)
    await world.deliver()
    assert any("snoozed until" in str(edit.message.text) for edit in world.slack.of(Edit))
    world.clock.forward(minutes=9)
    assert await world.tick() == 0
    world.clock.forward(minutes=1)
    assert await world.tick() == 1


async def test_a_reminder_that_was_answered_before_it_was_sent_is_not_sent(world: World) -> None:
    number = await _commanded(world)
    world.clock.forward(minutes=15)
    await world.tick()
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    posts = await _room_posts(world)
    assert not any(":alarm_clock:" in str(post.message.text) for post in posts)
    assert not any("answered" in str(edit.message.text) for edit in world.slack.of(Edit))


async def test_two_minutes_without_commander_is_a_reminder_and_taking_command_answers_it(
    world: World,
) -> None:
    incident = await world.declare()
    await world.deliver()
    world.slack.calls.clear()
    world.clock.forward(minutes=2)
    assert await world.tick() == 1
    (reminder,) = await _room_posts(world)
    assert f"<@{ANNA}>" in str(reminder.message.text)
    assert "no Incident Commander yet" in str(reminder.message.text)
    await world.change(incident.number, rules.take_command, by=CLEO)
    await world.deliver()
    assert any("command taken" in str(edit.message.text) for edit in world.slack.of(Edit))


async def test_resolving_ends_all_promises(world: World) -> None:
    number = await _commanded(world)
    world.clock.forward(minutes=15)
    await world.tick()
    await world.deliver()
    await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    assert any("the incident was closed" in str(edit.message.text) for edit in world.slack.of(Edit))
    world.clock.forward(days=3)
    assert await world.tick() == 0


async def test_reopening_starts_the_promise_anew(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.resolve, by=BEN)
    world.clock.forward(days=3)
    await world.change(number, rules.reopen, "Errors are back", by=BEN)
    assert await world.tick() == 0
    world.clock.forward(minutes=15)
    assert await world.tick() == 1


async def test_a_change_at_the_moment_of_the_promise_does_not_swallow_the_reminder(world: World) -> None:
    number = await _commanded(world)
    world.clock.forward(minutes=15)
    await world.change(number, rules.note, "Still looking", by=BEN)
    assert await world.tick() == 1


async def test_a_worse_severity_gives_its_own_full_cadence(world: World) -> None:
    number = await _commanded(world, Severity.SEV4)
    world.clock.forward(hours=5)
    await world.change(number, rules.change_severity, Severity.SEV1, by=BEN)
    assert await world.tick() == 0
    world.clock.forward(minutes=15)
    assert await world.tick() == 1


async def test_many_due_at_once_are_all_reminded_of_once(world: World) -> None:
    for each in range(7):
        await world.declare(f"Incident {each}", commander=BEN)
    world.clock.forward(minutes=15)
    assert await world.tick() == 7
    assert await world.tick() == 0
