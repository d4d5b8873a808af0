"""Reminders that release 0.2.0 left unanswered."""

from datetime import timedelta

from bot.engine.store.tables import ReminderRow
from bot.incident.domain import rules
from bot.incident.domain.cadence import EscalationStep, Promise
from bot.ports.slack.calls import Remove
from tests.engine.reminders.scenario import commanded, edits, minutes_pass, reminders_posted, reminders_shown
from tests.engine.world import BEN, INCIDENTS, TEAM, World


async def left_by_the_release_before(world: World, slots: range) -> None:
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
                broadcast=rung is EscalationStep.CHANNEL,
                channel=INCIDENTS if rung is EscalationStep.CHANNEL else "CROOM1",
                ts=f"{each}.{int(rung)}",
            )
            for each in slots
            for rung in (EscalationStep.ROOM, EscalationStep.HOLDERS, EscalationStep.CHANNEL)
        )


async def test_an_update_edits_only_the_last_of_the_reminders(world: World) -> None:
    number = await commanded(world)
    await left_by_the_release_before(world, range(1, 30))
    world.clock.forward(hours=8)
    await world.change(number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    assert sorted(edit.ts for edit in edits(world, "answered")) == ["29.1", "29.2"]
    await minutes_pass(world, minutes=12)
    assert len(reminders_shown(world)) == 1


async def test_a_new_reminder_replaces_only_the_last_of_them(world: World) -> None:
    await commanded(world)
    await left_by_the_release_before(world, range(1, 30))
    world.clock.forward(hours=8)
    await world.tick()
    await world.deliver()
    assert len(reminders_posted(world)) == 1
    assert [call.ts for call in world.slack.of(Remove)] == ["29.1"]
    assert len(reminders_shown(world)) == 1
