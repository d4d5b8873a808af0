"""The promise of regular news: reminded of in time, escalated, answered, and one message at a time."""

from datetime import timedelta
from typing import Any

import pytest

from bot.core.blocks import Message
from bot.core.text import when
from bot.engine.store.tables import ReminderRow
from bot.incident.domain import rules
from bot.incident.domain.cadence import Promise, Rung
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.ports.port import Dead
from bot.ports.slack.calls import Edit, Post, Remove
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, TEAM, World

REMINDERS = (":alarm_clock:", ":bell:")
A_DAY = (*[1] * 45, *[15] * 93)  # minutes, as closely looked at as needs be


async def _commanded(world: World, severity: Severity = Severity.SEV1, **more: Any) -> int:
    incident = await world.declare(severity=severity, commander=BEN, **more)
    await world.deliver()
    world.slack.calls.clear()
    return incident.number


async def _pass(world: World, *minutes: float) -> None:
    """Let time pass in these steps, with a tick after each."""
    for each in minutes:
        world.clock.forward(minutes=each)
        await world.tick()
        await world.deliver()


async def _live(world: World, *, minutes: int) -> None:
    """Let time pass as it does in life: a tick each minute."""
    await _pass(world, *[1] * minutes)


def _is_reminder(message: Message) -> bool:
    return any(sign in str(message.text) for sign in REMINDERS)


def _posted(world: World, channel: str | None = None) -> list[Post]:
    """The reminders that were posted: all, or in one channel."""
    return [
        post
        for post in world.slack.of(Post)
        if _is_reminder(post.message) and channel in (None, post.channel)
    ]


def _in_room(world: World) -> list[Post]:
    return [post for post in _posted(world) if post.channel != INCIDENTS]


def _standing(world: World, *, in_channel: bool = False) -> list[str]:
    """The texts of the reminders that stand in Slack, unanswered."""
    return [
        str(message.text)
        for (channel, _), message in world.slack.shown.items()
        if _is_reminder(message) and (channel == INCIDENTS) is in_channel
    ]


def _edits(world: World, words: str) -> list[Edit]:
    return [edit for edit in world.slack.of(Edit) if words in str(edit.message.text)]


async def test_nobody_is_reminded_long_before_the_promise_runs_out(world: World) -> None:
    await _commanded(world)
    world.clock.forward(minutes=11, seconds=59)
    assert await world.tick() == 0


async def test_shortly_before_it_runs_out_the_commander_is_reminded_with_three_answers(world: World) -> None:
    await _commanded(world)
    await _pass(world, 12)
    (reminder,) = _posted(world)
    assert f"<@{BEN}>" in str(reminder.message.text)
    assert "is due in 3 min" in str(reminder.message.text)
    labels = [element["text"]["text"] for element in reminder.message.blocks[1]["elements"]]
    assert labels == ["Post update", "No change", "Snooze 10 min"]


async def test_when_it_runs_out_the_same_message_says_so(world: World) -> None:
    await _commanded(world)
    await _pass(world, 12, 3)
    assert len(_posted(world)) == 1
    (text,) = _standing(world)
    assert "was due at" in text
    assert "No update yet, declared 15 min ago" in text


async def test_a_reminder_that_somebody_deleted_comes_back_while_it_holds(world: World) -> None:
    await _commanded(world)
    await _pass(world, 12)
    world.slack.answers[Edit] = [Dead("message_not_found")]
    await _pass(world, 3)
    assert len(_posted(world)) == 2
    assert not [text for text in world.slack.said() if "could not" in text]


async def test_two_ticks_of_one_moment_remind_once(world: World) -> None:
    await _commanded(world)
    world.clock.forward(minutes=12)
    assert [await world.tick(), await world.tick()] == [1, 0]


async def test_the_ladder_climbs_to_the_deputy_and_then_to_the_incidents_channel(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    await _live(world, minutes=30)
    first, asked = _in_room(world)
    assert f"<@{BEN}>\n" in str(first.message.text)
    assert f"<@{BEN}> <@{CLEO}>" in str(asked.message.text)
    (broadcast,) = _posted(world, INCIDENTS)
    assert "Checkout is failing" in str(broadcast.message.text)


async def test_one_reminder_stands_in_the_room_and_one_in_the_channel_whatever_happens(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    for minutes in A_DAY:
        await _pass(world, minutes)
        assert len(_standing(world)) <= 1
        assert len(_standing(world, in_channel=True)) <= 1
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    assert _standing(world) == _standing(world, in_channel=True) == []
    answers = _edits(world, "answered with an update")
    assert sorted(edit.channel == INCIDENTS for edit in answers) == [False, True]


async def test_a_day_of_neglect_makes_at_most_fifteen_reminders(world: World) -> None:
    await world.declare()
    await _pass(world, *A_DAY)
    assert 5 <= len(_posted(world)) <= 15
    assert 2 <= len(_posted(world, INCIDENTS)) <= 3


async def test_a_day_of_neglect_by_a_whole_team_makes_no_more(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    await _pass(world, *A_DAY)
    assert len(_posted(world)) <= 15


async def test_lateness_is_counted_from_the_last_update_and_not_from_the_last_reminder(world: World) -> None:
    number = await _commanded(world, Severity.SEV2)
    await _pass(world, 5)
    await world.change(number, rules.post_update, "Half fail", by=BEN)
    updated = when(world.clock())
    await _pass(world, *[5] * 50)  # called again 30 + 10 + 30 + 60 + 120 minutes after the update
    for text in (*_standing(world), *_standing(world, in_channel=True)):
        assert f"Last update 4 h 10 min ago ({updated}), due every 30 min." in text
    assert len(_standing(world)) == len(_standing(world, in_channel=True)) == 1


async def test_a_private_incident_calls_its_own_people_only(world: World) -> None:
    number = await _commanded(world, private=True)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    await _live(world, minutes=30)
    assert all(post.channel != INCIDENTS for post in world.slack.of(Post))
    called = [str(post.message.text).partition("\n")[0] for post in _posted(world)]
    assert called == [f"<@{BEN}>", f"<@{BEN}> <@{CLEO}>", f"<@{BEN}> <@{CLEO}> <@{ANNA}>"]
    assert len(_standing(world)) == 1


async def test_after_a_long_stop_a_private_incident_gets_one_reminder_too(world: World) -> None:
    await _commanded(world, private=True)
    await _pass(world, 60)
    assert len(_posted(world)) == len(_standing(world)) == 1


async def test_an_hour_of_standstill_brings_one_reminder_not_four(world: World) -> None:
    await _commanded(world)
    await _pass(world, 60)
    assert [post.channel == INCIDENTS for post in _posted(world)] == [False, True]
    await _live(world, minutes=9)
    assert len(_posted(world)) == 2


async def test_an_update_answers_the_reminder_and_renews_the_promise(world: World) -> None:
    number = await _commanded(world)
    await _pass(world, 12, 3)
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    (answered,) = _edits(world, "answered with an update")
    assert all(block["type"] != "actions" for block in answered.message.blocks)
    world.clock.forward(minutes=11)
    assert await world.tick() == 0
    world.clock.forward(minutes=1)
    assert await world.tick() == 1


async def test_no_change_is_an_answer_too(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await _pass(world, 15)
    await world.change(number, rules.no_change, by=BEN)
    await world.deliver()
    assert len(_edits(world, "no change")) == 1


async def test_a_snooze_survives_and_then_the_reminder_comes_again(world: World) -> None:
    number = await _commanded(world)
    await _pass(world, 15)
    await world.change(number, rules.snooze, timedelta(minutes=10), by=BEN)
    await world.deliver()
    assert len(_edits(world, "snoozed until")) == 1
    world.clock.forward(minutes=9)
    assert await world.tick() == 0
    world.clock.forward(minutes=1)
    assert await world.tick() == 1


async def test_a_snoozed_broadcast_still_says_of_what_and_where(world: World) -> None:
    number = await _commanded(world)
    await _live(world, minutes=26)
    await world.change(number, rules.snooze, timedelta(minutes=10), by=BEN)
    await world.deliver()
    (text,) = [str(edit.message.text) for edit in _edits(world, "snoozed") if edit.channel == INCIDENTS]
    assert "*INC-1* Checkout is failing · <#CROOM1>: snoozed until" in text


@pytest.mark.parametrize("how", ["a worse severity", "mitigated", "resolved"])
async def test_what_overtakes_a_reminder_takes_it_away_as_the_room_is_told_of_it_anyway(
    world: World, how: str
) -> None:
    number = await _commanded(world, Severity.SEV2)
    await _live(world, minutes=41)
    assert _standing(world)
    assert _standing(world, in_channel=True)
    if how == "a worse severity":
        await world.change(number, rules.change_severity, Severity.SEV1, by=BEN)
    elif how == "mitigated":
        await world.change(number, rules.change_status, Status.MITIGATED, by=BEN)
    else:
        await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    assert _standing(world) == _standing(world, in_channel=True) == []
    assert {call.channel for call in world.slack.of(Remove)} == {"CROOM1", INCIDENTS}
    assert not _edits(world, "overtaken")


async def test_where_even_the_longer_promise_is_broken_the_reminder_stays_and_names_that_one(
    world: World,
) -> None:
    number = await _commanded(world)
    await _live(world, minutes=41)
    await world.change(number, rules.change_status, Status.MITIGATED, by=BEN)
    await world.deliver()
    (text,) = _standing(world)
    assert "due every 30 min" in text


async def test_a_reminder_that_was_answered_before_it_was_sent_is_not_sent(world: World) -> None:
    number = await _commanded(world)
    world.clock.forward(minutes=15)
    await world.tick()
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    assert _posted(world) == []
    assert not _edits(world, "answered")


async def test_one_that_was_replaced_before_it_was_sent_is_not_sent(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.assign, Role.DEPUTY, CLEO, by=BEN)
    for minutes in (12, 8):
        world.clock.forward(minutes=minutes)
        await world.tick()
    await world.deliver()
    (reminder,) = _posted(world)
    assert f"<@{BEN}> <@{CLEO}>" in str(reminder.message.text)


async def test_two_minutes_without_commander_is_a_reminder_and_taking_command_answers_it(
    world: World,
) -> None:
    incident = await world.declare()
    await _pass(world, 2)
    (reminder,) = _posted(world)
    assert f"<@{ANNA}>" in str(reminder.message.text)
    assert "no Incident Commander yet" in str(reminder.message.text)
    await world.change(incident.number, rules.take_command, by=CLEO)
    await world.deliver()
    assert len(_edits(world, "command taken")) == 1


async def test_at_sev1_the_channel_hears_after_five_minutes_and_can_take_command_there(world: World) -> None:
    await world.declare()
    await _live(world, minutes=4)
    assert _posted(world, INCIDENTS) == []
    await _live(world, minutes=1)
    (broadcast,) = _posted(world, INCIDENTS)
    (button,) = broadcast.message.blocks[1]["elements"]
    assert (button["action_id"], button["value"]) == ("take_command", "1")


async def test_who_takes_command_while_an_update_is_late_leaves_a_reminder_of_that_alone(
    world: World,
) -> None:
    incident = await world.declare()
    await _live(world, minutes=30)
    (text,) = _standing(world)
    assert "Incident Commander" in text
    await world.change(incident.number, rules.take_command, by=CLEO)
    await world.deliver()
    (text,) = _standing(world)
    assert "Incident Commander" not in text
    assert "declared 30 min ago" in text
    (text,) = _standing(world, in_channel=True)
    assert "Nobody has posted an update" in text


async def test_resolving_ends_all_promises(world: World) -> None:
    number = await _commanded(world)
    await _pass(world, 15)
    await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    world.clock.forward(days=3)
    assert await world.tick() == 0


async def test_reopening_starts_the_promise_anew(world: World) -> None:
    number = await _commanded(world)
    await world.change(number, rules.resolve, by=BEN)
    world.clock.forward(days=3)
    await world.change(number, rules.reopen, "Errors are back", by=BEN)
    assert await world.tick() == 0
    world.clock.forward(minutes=12)
    assert await world.tick() == 1


async def test_a_change_at_the_moment_of_the_promise_does_not_swallow_the_reminder(world: World) -> None:
    number = await _commanded(world)
    world.clock.forward(minutes=12)
    await world.change(number, rules.note, "Still looking", by=BEN)
    assert await world.tick() == 1


async def test_a_worse_severity_gives_its_own_full_cadence(world: World) -> None:
    number = await _commanded(world, Severity.SEV4)
    world.clock.forward(hours=5)
    await world.change(number, rules.change_severity, Severity.SEV1, by=BEN)
    assert await world.tick() == 0
    world.clock.forward(minutes=12)
    assert await world.tick() == 1


async def test_many_due_at_once_are_all_reminded_of_once(world: World) -> None:
    for each in range(7):
        await world.declare(f"Incident {each}", commander=BEN)
    world.clock.forward(minutes=12)
    assert await world.tick() == 7
    assert await world.tick() == 0


async def _left_by_the_release_before(world: World, slots: range) -> None:
    """As release 0.2.0 left it: every slot of the cadence has a reminder of its own, and none of them is answered."""
    async with world.database.writing() as session:
        session.add_all(
            ReminderRow(
                team_id=TEAM,
                stream_id=1,
                promise=Promise.UPDATE,
                slot=world.clock() + timedelta(minutes=15 * each),
                rung=rung,
                fired_at=world.clock(),
                broadcast=rung is Rung.CHANNEL,
                channel=INCIDENTS if rung is Rung.CHANNEL else "CROOM1",
                ts=f"{each}.{int(rung)}",
            )
            for each in slots
            for rung in (Rung.ROOM, Rung.HOLDERS, Rung.CHANNEL)
        )


async def test_of_the_many_reminders_that_an_earlier_release_left_only_the_last_are_edited(
    world: World,
) -> None:
    number = await _commanded(world)
    await _left_by_the_release_before(world, range(1, 30))
    world.clock.forward(hours=8)
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    assert sorted(edit.ts for edit in _edits(world, "answered")) == ["29.1", "29.2"]
    await _live(world, minutes=12)
    assert len(_standing(world)) == 1


async def test_of_those_that_nobody_answers_only_the_last_is_replaced(world: World) -> None:
    await _commanded(world)
    await _left_by_the_release_before(world, range(1, 30))
    world.clock.forward(hours=8)
    await world.tick()
    await world.deliver()
    assert len(_posted(world)) == 1
    assert [call.ts for call in world.slack.of(Remove)] == ["29.1"]
    assert len(_standing(world)) == 1
