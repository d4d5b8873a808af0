"""Reminders that nobody has command."""

from bot.incident.domain import rules
from tests.engine.reminders.scenario import (
    edits,
    minutes_pass,
    reminders_posted,
    reminders_shown,
    time_passes,
)
from tests.engine.world import ANNA, CLEO, INCIDENTS, World


async def test_after_two_minutes_without_commander_a_reminder_comes_and_taking_command_answers_it(
    world: World,
) -> None:
    incident = await world.declare()
    await time_passes(world, 2)
    (reminder,) = reminders_posted(world)
    assert f"<@{ANNA}>" in str(reminder.message.text)
    assert "no Incident Commander yet" in str(reminder.message.text)
    await world.change(incident.number, rules.take_command, by=CLEO)
    await world.deliver()
    assert len(edits(world, "command taken")) == 1


async def test_at_sev1_the_channel_is_reminded_after_five_minutes_with_a_button_to_take_command(
    world: World,
) -> None:
    await world.declare()
    await minutes_pass(world, minutes=4)
    assert reminders_posted(world, INCIDENTS) == []
    await minutes_pass(world, minutes=1)
    (broadcast,) = reminders_posted(world, INCIDENTS)
    (button,) = broadcast.message.blocks[1]["elements"]
    assert (button["action_id"], button["value"]) == ("take_command", "1")


async def test_taking_command_while_an_update_is_late_leaves_only_the_reminder_of_the_update(
    world: World,
) -> None:
    incident = await world.declare()
    await minutes_pass(world, minutes=30)
    (text,) = reminders_shown(world)
    assert "Incident Commander" in text
    await world.change(incident.number, rules.take_command, by=CLEO)
    await world.deliver()
    (text,) = reminders_shown(world)
    assert "Incident Commander" not in text
    assert "declared 30 min ago" in text
    (text,) = reminders_shown(world, in_channel=True)
    assert "Nobody has posted an update" in text
