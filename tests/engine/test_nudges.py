"""Nudges in the war room: each is posted once, one at a time, and closed when it is answered or overtaken."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.engine.store.database import Database
from bot.incident.domain import rules
from bot.incident.domain.corrections import find
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.ports.port import Dead, Retry
from bot.ports.slack.calls import Edit, Post, Remove
from tests.conftest import StillClock
from tests.engine.reminders.scenario import time_passes
from tests.engine.world import ANNA, BEN, CLEO, World
from tests.incident.views.reading import buttons

SIGN = ":grey_question:"


@pytest.fixture
def calm(policy: Policy) -> Policy:
    """The policy, with updates that are due in days only."""
    levels = {
        severity: replace(level, cadence=timedelta(days=9), cadence_mitigated=timedelta(days=9))
        for severity, level in policy.levels.items()
    }
    return replace(policy, levels=levels)


@pytest.fixture
def world(database: Database, calm: Policy, clock: StillClock) -> World:
    return World(database, calm, clock)


async def commanded(world: World, severity: Severity = Severity.SEV1, **more: Any) -> int:
    incident = await world.declare(severity=severity, commander=BEN, **more)
    await world.deliver()
    return incident.number


def posted(world: World) -> list[str]:
    """The nudges that were posted, in order."""
    return [said for said in world.slack.said() if SIGN in said]


def shown(world: World) -> list[str]:
    """The nudges that Slack shows, unanswered."""
    return [str(message.text) for message in world.slack.shown.values() if SIGN in str(message.text)]


async def test_sev1_without_a_scribe_is_asked_about_once_with_replicas_and_restarts(world: World) -> None:
    await commanded(world)
    other = World(world.database, world.policy, world.clock, world.slack, worker="two")
    await time_passes(world, 14)
    assert posted(world) == []
    await time_passes(world, 1)
    await time_passes(other, 0, 1, 1)
    restarted = World(world.database, world.policy, world.clock, world.slack)
    await time_passes(restarted, 1, 5)
    (text,) = posted(world)
    assert f"<@{BEN}>" in text
    assert "*INC-1* is SEV1 and has no Scribe" in text
    post = next(each for each in world.slack.of(Post) if SIGN in str(each.message.text))
    assert list(buttons(post.message)) == ["become_scribe", "nudge_decline"]


async def test_a_scribe_settles_the_question_which_then_disappears(world: World) -> None:
    number = await commanded(world)
    await time_passes(world, 15)
    await world.change(number, rules.become_scribe, by=CLEO)
    await world.deliver()
    assert shown(world) == []
    (removed,) = world.slack.of(Remove)
    assert "The question about a scribe of *INC-1* is settled" in str(removed.instead.text)
    await time_passes(world, 10)
    assert len(posted(world)) == 1


async def test_a_reason_why_not_takes_the_place_of_the_question_and_is_on_the_timeline(world: World) -> None:
    number = await commanded(world)
    await time_passes(world, 15)
    await world.change(number, rules.decline_nudge, NudgeKind.SCRIBE, "Two of us", by=BEN)
    await world.deliver()
    assert shown(world) == []
    edit = world.slack.of(Edit)[-1]
    assert "No scribe: Two of us" in str(edit.message.text)
    assert not buttons(edit.message)
    await time_passes(world, 14, 1)
    assert NudgeKind.SCRIBE in (await world.incident(number)).attention.declined
    assert len(posted(world)) == 1, "nobody asks again"


async def test_the_severity_is_asked_for_and_kept(world: World) -> None:
    number = await commanded(world, severity_assumed=True)
    await time_passes(world, 10)
    assert "Nobody has chosen the severity of *INC-1* yet" in shown(world)[0]
    await world.change(number, rules.keep_severity, Severity.SEV1, by=BEN)
    await world.deliver()
    assert "Severity SEV1 confirmed" in str(world.slack.of(Edit)[-1].message.text)
    await time_passes(world, 5)
    assert len(posted(world)) == 1, "a quarter of an hour lies between two nudges"
    await time_passes(world, 10)
    assert "has no Scribe" in posted(world)[1]


async def test_a_newer_nudge_takes_the_place_of_one_that_nobody_answers(world: World) -> None:
    await commanded(world, severity_assumed=True)
    await time_passes(world, *[1] * 24)
    assert len(shown(world)) == 1
    await time_passes(world, *[1] * 120)
    assert len(shown(world)) == 1
    assert "There has been nothing new on the timeline" in shown(world)[0]
    assert len(posted(world)) == 3, "severity, scribe, silence"
    assert len(world.slack.of(Remove)) == 2


async def test_nobody_is_asked_while_an_update_is_overdue_but_right_after_it(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    number = await commanded(world)
    await time_passes(world, *[1] * 20)
    assert posted(world) == []
    await world.change(number, rules.post_update, "Half of all payments fail", by=BEN)
    await time_passes(world, 1)
    assert len(posted(world)) == 1


async def test_one_that_is_settled_before_slack_could_show_it_is_not_posted(world: World) -> None:
    number = await commanded(world)
    world.clock.forward(minutes=15)
    await world.tick()
    await world.change(number, rules.become_scribe, by=CLEO)
    await world.deliver()
    assert posted(world) == []
    assert world.slack.of(Remove) == []


async def test_one_that_waited_for_slack_until_an_update_was_due_is_not_posted(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    number = await commanded(world)
    await world.change(number, rules.post_update, "Half of all payments fail", by=BEN)
    world.clock.forward(minutes=9)
    await world.change(number, rules.post_update, "Half of all payments fail", by=BEN)
    await world.deliver()
    world.clock.forward(minutes=6)
    await world.tick()
    world.clock.forward(minutes=7)
    await world.deliver()
    assert posted(world) == []


async def test_in_doubt_a_settled_nudge_is_looked_for(world: World) -> None:
    number = await commanded(world)
    world.slack.answers[Post] = [Retry("timeout", doubt=True)]
    await time_passes(world, 15)
    await world.change(number, rules.become_scribe, by=CLEO)
    world.clock.forward(minutes=5)
    await world.deliver()
    assert shown(world) == []
    assert any(type(call).__name__ == "FindPosted" for call in world.slack.calls)


async def test_the_secret_in_a_reason_is_removed_from_the_room_too(world: World) -> None:
    number = await commanded(world)
    await time_passes(world, 15)
    await world.change(number, rules.decline_nudge, NudgeKind.SCRIBE, "hunter2", by=BEN)
    await world.deliver()
    timeline = await world.timeline(number)
    entry = timeline[-1]
    about = find(timeline, entry.seq)
    await world.change(number, rules.strike, about, by=ANNA, secret=True)
    await world.deliver()
    assert all("hunter2" not in str(message.text) for message in world.slack.shown.values())


async def test_mitigated_for_long_asks_whether_it_is_over(world: World) -> None:
    number = await commanded(world, Severity.SEV3)
    await world.change(number, rules.change_status, Status.MITIGATED, by=BEN)
    await time_passes(world, 4 * 60)
    assert "has been mitigated for 4 h. Is it over?" in shown(world)[0]
    await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    assert shown(world) == []


async def test_a_forgotten_room_is_asked_about_by_the_reminder_of_its_update(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock)
    number = await commanded(world, Severity.SEV3)
    await time_passes(world, *[60] * 40)
    assert posted(world) == []
    words = "Nobody has done anything in *INC-1* for"
    reminders = [message for message in world.slack.shown.values() if words in str(message.text)]
    (reminder,) = reminders
    assert {"resolve", "nudge_decline", "update"} <= buttons(reminder).keys()
    await world.change(number, rules.decline_nudge, NudgeKind.FORGOTTEN, "We wait for a part", by=BEN)
    await world.deliver()
    assert not [message for message in world.slack.shown.values() if words in str(message.text)]


async def test_a_room_that_nobody_acts_in_is_asked_about_once_a_day(world: World) -> None:
    await commanded(world, Severity.SEV4)
    await time_passes(world, *[60] * 60)
    (text,) = posted(world)
    assert "Nobody has done anything in *INC-1* for 1 day" in text


async def test_a_nudge_that_slack_refuses_disturbs_nobody(world: World) -> None:
    await commanded(world)
    world.slack.answers[Post] = [Dead("msg_too_long")]
    await time_passes(world, 15, 1)
    assert shown(world) == []
    assert Role.SCRIBE not in (await world.incident(1)).roles
