"""A template of the team's own that breaks at work loses no draft, no update and no reminder."""

from dataclasses import replace
from pathlib import Path

from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.engine.store.database import Database
from bot.incident.domain import rules
from bot.incident.domain.effects import ShareDraft
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity
from bot.ports.slack.calls import ShareFile, UploadFile
from tests.conftest import StillClock
from tests.engine.reminders.scenario import commanded, minutes_pass, reminders_in_room
from tests.engine.world import World

BROKEN = (
    "postmortem.md.j2",
    "messages/update_room.j2",
    "messages/reminder_update.j2",
    "messages/duties_scribe.j2",
)


async def test_draft_update_and_reminder_are_shown_in_the_shipped_words(
    database: Database, policy: Policy, clock: StillClock, tmp_path: Path
) -> None:
    (tmp_path / "messages").mkdir()
    for name in BROKEN:
        (tmp_path / name).write_text("{{ 1 // (title != title) }}")
    broken: list[str] = []
    world = World(database, policy, clock)
    own = Templates(shipped("templates"), tmp_path, lambda error: broken.append(error.name))
    world.house = replace(world.house, templates=own)
    number = await commanded(world, Severity.SEV1)
    await world.change(number, rules.assign, "scribe", "UCLEO")
    await world.change(number, rules.post_update, "Half of it works")
    await world.deliver()
    assert any("Half of it works" in said for said in world.slack.said())
    assert any("You keep the timeline" in said for said in world.slack.said())
    await minutes_pass(world, minutes=13)
    assert len(reminders_in_room(world)) == 1
    await world.incidents.show(world.act(), number, (ShareDraft(),))
    await world.deliver()
    (draft,) = world.slack.of(UploadFile)
    assert len(world.slack.of(ShareFile)) == 1
    assert "Half of it works" in str(draft.content)
    assert set(broken) == set(BROKEN)
