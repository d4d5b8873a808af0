"""The message of the end asks the war room once what is still open, with buttons that do it."""

from dataclasses import replace

import pytest

from bot.core.blocks import Message
from bot.core.text import Mrkdwn
from bot.incident.domain import rules
from bot.incident.domain.closing import open_points
from bot.incident.domain.effects import Retell, ShowCard, TellRoom
from bot.incident.domain.facts import MilestoneSet, StatusChanged
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_policy import PostmortemPolicy
from bot.incident.domain.react import react_all
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Severity, Status
from bot.incident.views.card import card
from bot.incident.views.closing import closing
from tests.incident.domain.postmortems import written
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, decided, declared, later
from tests.incident.views.hostile_texts import HOSTILE
from tests.incident.views.limits import fits
from tests.incident.views.reading import buttons, said

NAMES = {BOB: "Bob Brown"}


def over(incident: Incident) -> Incident:
    return after(incident, rules.resolve(incident, by=BOB, now=later(60)))


def asked(incident: Incident, policy: Policy, names: dict[str, str] | None = None) -> Message:
    return Message(text=Mrkdwn("over"), blocks=closing(incident, policy, names or {}))


def with_tasks(incident: Incident, count: int, text: str = "Check replica lag") -> Incident:
    for number in range(count):
        decision = rules.add_task(incident, f"{text} {number}", assignee=BOB, by=ALICE, now=NOW)
        incident = after(incident, decision)
    return incident


def test_all_that_is_open_is_asked_with_buttons_that_do_it(policy: Policy) -> None:
    message = asked(over(with_tasks(declared(commander=CAROL), 1)), policy, NAMES)
    text = said(message)
    assert "Nobody has recorded the start of impact and the detection." in text
    assert f"Who writes the postmortem? <@{CAROL}>, unless somebody else does." in text
    assert "• *T1* Check replica lag 0 (Bob Brown)" in text
    assert "action item" in text
    assert set(buttons(message)) == {
        "milestone_started", "milestone_detected", "postmortem_mine", "postmortem_owner", "task_done", "task_drop",
        "action_item",
    }  # fmt: skip


def test_without_a_commander_anybody_is_asked_to_write(policy: Policy) -> None:
    assert "Who writes the postmortem?\n" in said(asked(over(declared()), policy)) + "\n"


def test_nothing_is_asked_before_the_end_after_the_review_or_when_all_is_done(policy: Policy) -> None:
    assert closing(declared(), policy, {}) == []
    done = over(declared())
    reviewed = after(done, rules.change_status(done, Status.REVIEWED, by=BOB, now=later(90)))
    assert not open_points(reviewed, policy)
    for each in (Milestone.STARTED, Milestone.DETECTED):
        done = after(done, rules.set_milestone(done, each, NOW, by=BOB, now=later(70)))
    assert "milestone_started" not in buttons(asked(done, policy))
    done = after(done, rules.choose_postmortem_owner(done, BOB, by=BOB, now=later(80)))
    assert f"*Postmortem* <@{BOB}>" in said(card(done, policy))
    done = after(written(done), rules.send_to_review(written(done), 1, by=BOB, now=later(90)))
    assert closing(done, policy, {}) == []


def test_action_items_can_be_added_after_somebody_has_said_that_they_write_the_postmortem(
    policy: Policy,
) -> None:
    done = over(declared())
    done = after(done, rules.choose_postmortem_owner(done, BOB, by=BOB, now=later(80)))
    assert set(buttons(asked(done, policy))) == {"milestone_started", "milestone_detected", "action_item"}
    for each in (Milestone.STARTED, Milestone.DETECTED):
        done = after(done, rules.set_milestone(done, each, NOW, by=BOB, now=later(85)))
    assert set(buttons(asked(done, policy))) == {"action_item"}


def test_a_false_alarm_lists_its_tasks_only(policy: Policy) -> None:
    before = with_tasks(declared(), 1)
    cancelled = after(before, rules.cancel(before, by=BOB, now=NOW))
    message = asked(cancelled, policy, NAMES)
    assert said(message) == "*Tasks left open*\n• *T1* Check replica lag 0 (Bob Brown)"
    assert not buttons(message)


def test_the_worst_decides_whether_a_postmortem_is_owed(policy: Policy) -> None:
    mild = declared(severity=Severity.SEV4)
    assert not open_points(over(mild), policy).without_owner
    raised = after(mild, rules.change_severity(mild, Severity.SEV1, by=BOB, now=NOW))
    lowered = after(raised, rules.change_severity(raised, Severity.SEV4, by=BOB, now=NOW))
    assert lowered.worst is Severity.SEV1
    assert open_points(over(lowered), policy).without_owner
    assert not open_points(
        over(lowered), replace(policy, postmortem=PostmortemPolicy(severities=()))
    ).without_owner


@pytest.mark.parametrize("text", HOSTILE)
def test_slack_takes_the_message_however_much_is_open(text: str, policy: Policy) -> None:
    incident = over(with_tasks(declared(commander=CAROL), 8, text[:300] or "x"))
    message = asked(incident, policy)
    fits(message)
    assert "and 3 more tasks" in said(message)


def shown(incident: Incident, *facts: object) -> tuple[object, ...]:
    entries = [Entry(incident.version + at, fact) for at, fact in enumerate(facts, 1)]  # type: ignore[arg-type]
    return react_all(entries, after(incident, tuple(facts)))  # type: ignore[arg-type]


def test_what_is_done_after_the_end_edits_the_message_of_the_end_and_posts_nothing() -> None:
    incident = over(with_tasks(declared(), 1))
    assert incident.ended_seq == incident.version
    (started,) = decided(rules.set_milestone(incident, Milestone.STARTED, NOW, by=BOB, now=later(70)))
    assert shown(incident, started) == (Retell(incident.version),)
    (owner,) = decided(rules.choose_postmortem_owner(incident, BOB, by=BOB, now=later(70)))
    assert shown(incident, owner) == (ShowCard(), Retell(incident.version))
    (finished,) = decided(rules.finish_task(incident, 1, by=BOB, now=later(70)))
    assert Retell(incident.version) in shown(incident, finished)


def test_a_correction_after_the_end_is_told() -> None:
    incident = over(declared())
    incident = after(incident, rules.set_milestone(incident, Milestone.STARTED, NOW, by=BOB, now=later(70)))
    again = rules.set_milestone(incident, Milestone.STARTED, NOW.replace(hour=13), by=BOB, now=later(80))
    (corrected,) = decided(again)
    assert isinstance(corrected, MilestoneSet)
    assert TellRoom(incident.version + 1) in shown(incident, corrected)


def test_reopening_takes_the_questions_back() -> None:
    incident = over(declared())
    (reopened,) = decided(rules.reopen(incident, "It is back", by=BOB, now=later(70)))
    assert isinstance(reopened, StatusChanged)
    assert Retell(incident.version) in shown(incident, reopened)
    open_again = after(incident, (reopened,))
    (started,) = decided(rules.set_milestone(open_again, Milestone.STARTED, NOW, by=BOB, now=later(70)))
    assert shown(open_again, started) == (TellRoom(open_again.version + 1),)
