"""A reminder is answered, snoozed, or overtaken by a change."""

from datetime import timedelta

import pytest

from bot.incident.domain import rules
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.ports.slack.calls import Remove
from tests.engine.reminders.scenario import (
    commanded,
    edits,
    minutes_pass,
    reminders_posted,
    reminders_shown,
    time_passes,
)
from tests.engine.world import BEN, CLEO, INCIDENTS, World


async def test_an_update_answers_the_reminder_and_renews_the_promise(world: World) -> None:
    number = await commanded(world)
    await time_passes(world, 12, 3)
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    (answered,) = edits(world, "answered with an update")
    assert all(block["type"] != "actions" for block in answered.message.blocks)
    world.clock.forward(minutes=11)
    assert await world.tick() == 0
    world.clock.forward(minutes=1)
    assert await world.tick() == 1


async def test_no_change_also_answers_the_reminder(world: World) -> None:
    number = await commanded(world)
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await time_passes(world, 15)
    await world.change(number, rules.no_change, by=BEN)
    await world.deliver()
    assert len(edits(world, "no change")) == 1


async def test_after_a_snooze_the_reminder_comes_again(world: World) -> None:
    number = await commanded(world)
    await time_passes(world, 15)
    await world.change(number, rules.snooze, timedelta(minutes=10), reason="rolling back", by=BEN)
    await world.deliver()
    assert len(edits(world, "snoozed until")) == 1
    world.clock.forward(minutes=9)
    assert await world.tick() == 0
    world.clock.forward(minutes=1)
    assert await world.tick() == 1


async def test_a_snoozed_broadcast_still_names_the_incident_and_the_room(world: World) -> None:
    number = await commanded(world)
    await minutes_pass(world, minutes=26)
    await world.change(number, rules.snooze, timedelta(minutes=10), reason="rolling back", by=BEN)
    await world.deliver()
    (text,) = [str(edit.message.text) for edit in edits(world, "snoozed") if edit.channel == INCIDENTS]
    assert "*INC-1* Checkout is failing · <#CROOM1>: snoozed until" in text


@pytest.mark.parametrize("how", ["a worse severity", "mitigated", "resolved"])
async def test_a_change_that_ends_the_need_for_a_reminder_removes_it(world: World, how: str) -> None:
    number = await commanded(world, Severity.SEV2)
    await minutes_pass(world, minutes=41)
    assert reminders_shown(world)
    assert reminders_shown(world, in_channel=True)
    if how == "a worse severity":
        await world.change(number, rules.change_severity, Severity.SEV1, by=BEN)
    elif how == "mitigated":
        await world.change(number, rules.change_status, Status.MITIGATED, by=BEN)
    else:
        await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    assert reminders_shown(world) == reminders_shown(world, in_channel=True) == []
    assert {call.channel for call in world.slack.of(Remove)} == {"CROOM1", INCIDENTS}
    assert not edits(world, "overtaken")


async def test_if_the_longer_promise_is_also_overdue_the_reminder_stays_and_names_it(
    world: World,
) -> None:
    number = await commanded(world)
    await minutes_pass(world, minutes=41)
    await world.change(number, rules.change_status, Status.MITIGATED, by=BEN)
    await world.deliver()
    (text,) = reminders_shown(world)
    assert "due every 30 min" in text


async def test_a_reminder_that_was_answered_before_it_was_sent_is_not_sent(world: World) -> None:
    number = await commanded(world)
    world.clock.forward(minutes=15)
    await world.tick()
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    assert reminders_posted(world) == []
    assert not edits(world, "answered")


async def test_a_reminder_that_was_replaced_before_it_was_sent_is_not_sent(world: World) -> None:
    number = await commanded(world)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    for minutes in (12, 8):
        world.clock.forward(minutes=minutes)
        await world.tick()
    await world.deliver()
    (reminder,) = reminders_posted(world)
    assert f"<@{BEN}> <@{CLEO}>" in str(reminder.message.text)


async def test_resolving_ends_all_promises(world: World) -> None:
    number = await commanded(world)
    await time_passes(world, 15)
    await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    world.clock.forward(days=2)  # a day later, the writer of the postmortem is reminded
    assert await world.tick() == 0


async def test_reopening_starts_a_new_promise(world: World) -> None:
    number = await commanded(world)
    await world.change(number, rules.resolve, by=BEN)
    world.clock.forward(days=3)
    await world.change(number, rules.reopen, "Errors are back", by=BEN)
    assert await world.tick() == 0
    world.clock.forward(minutes=12)
    assert await world.tick() == 1


async def test_a_change_at_the_moment_a_reminder_is_due_does_not_cancel_it(world: World) -> None:
    number = await commanded(world)
    world.clock.forward(minutes=12)
    await world.change(number, rules.note, "Still looking", by=BEN)
    assert await world.tick() == 1


async def test_a_worse_severity_starts_its_own_full_cadence(world: World) -> None:
    number = await commanded(world, Severity.SEV4)
    world.clock.forward(hours=5)
    await world.change(number, rules.change_severity, Severity.SEV1, by=BEN)
    assert await world.tick() == 0
    world.clock.forward(minutes=12)
    assert await world.tick() == 1
