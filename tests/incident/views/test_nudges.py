"""Nudges as people read them, with the longest and the most hostile words."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from bot import policy_file
from bot.incident.domain import facts
from bot.incident.domain.cadence import EscalationStep, Promise, ScheduledReminder
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.roles import RoleDefinition, Roles
from bot.incident.domain.rules import REASON_MAX
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.views import modals, nudges
from bot.incident.views.facts import sentence
from bot.incident.views.messages import fact_message
from bot.incident.views.reminders import answered as answered_reminder
from tests.incident.domain.situations import BOB, NOW, declared, entries, later
from tests.incident.views.hostile_texts import TEXTS, texts
from tests.incident.views.limits import fits, harmless
from tests.incident.views.reading import buttons, said

POLICY = policy_file.load()
INCIDENT = declared(commander=BOB)
CONFIRMED = facts.SeverityConfirmed(at=NOW, by=BOB, severity=Severity.SEV2)


@pytest.mark.parametrize(
    ("kind", "pressed"),
    [
        (NudgeKind.SEVERITY, ["keep_severity", "severity"]),
        (NudgeKind.SCRIBE, ["become_scribe", "nudge_decline"]),
        (NudgeKind.SILENCE, ["note", "update", "nudge_decline"]),
        (NudgeKind.MITIGATED, ["resolve", "nudge_decline"]),
        (NudgeKind.FORGOTTEN, ["resolve", "update", "nudge_decline"]),
    ],
)
def test_each_nudge_has_a_button_that_does_it_and_one_that_says_why_not(
    kind: NudgeKind, pressed: list[str]
) -> None:
    message = nudges.nudge(INCIDENT, kind, POLICY, later(60))
    assert list(buttons(message)) == pressed
    assert f"<@{BOB}>" in message.text
    assert "INC-42" in message.text
    fits(message)
    if "nudge_decline" in pressed:
        value = json.loads(buttons(message)["nudge_decline"]["value"])
        assert value == {"number": 42, "nudge": kind.value}


def test_the_button_keeps_the_severity_that_the_nudge_names() -> None:
    kept = buttons(nudges.nudge(INCIDENT, NudgeKind.SEVERITY, POLICY, later(10)))["keep_severity"]
    assert kept["text"]["text"] == "Keep SEV1"
    assert json.loads(kept["value"]) == {"number": 42, "severity": 1}


def test_nobody_is_called_who_has_left_the_war_room() -> None:
    message = nudges.nudge(INCIDENT, NudgeKind.SCRIBE, POLICY, later(60), absent={BOB})
    assert f"<@{BOB}>" not in message.text


def test_a_role_with_the_longest_title_fits_on_the_button() -> None:
    roles = Roles((RoleDefinition(Role.COMMANDER, "IC"), RoleDefinition(Role.SCRIBE, "<!here> " * 9)))
    fits(nudges.nudge(INCIDENT, NudgeKind.SCRIBE, replace(POLICY, roles=roles), later(60)))


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (CONFIRMED, "Severity SEV2 confirmed"),
        *(
            (facts.NudgeDeclined(at=NOW, by=BOB, nudge=kind, reason="We wait"), "We wait")
            for kind in NudgeKind
        ),
    ],
)
def test_the_answer_stands_in_the_place_of_the_question_and_on_the_timeline(
    fact: facts.SeverityConfirmed | facts.NudgeDeclined, told: str
) -> None:
    answered = nudges.answered(INCIDENT, fact)
    assert told in answered.text
    assert f"<@{BOB}>" in answered.text
    assert not buttons(answered)
    assert sentence(fact).endswith(f"(by <@{BOB}>)")
    assert told in said(fact_message(entries(fact)[0], INCIDENT, {}))


def test_an_answer_to_a_nudge_that_ends_a_reminder_is_told_as_overtaken() -> None:
    step = ScheduledReminder(Promise.UPDATE, NOW, EscalationStep.ROOM)
    assert "overtaken" in answered_reminder(INCIDENT, step, CONFIRMED).text


@TEXTS
@given(text=texts)
def test_whatever_the_reason_is_slack_shows_it_and_it_notifies_nobody(text: str) -> None:
    reason = text[:REASON_MAX]
    for kind in NudgeKind:
        answered = nudges.answered(INCIDENT, facts.NudgeDeclined(at=NOW, by=BOB, nudge=kind, reason=reason))
        fits(answered)
        harmless(answered.text)
        fits(modals.decline_nudge(replace(INCIDENT, title=text[:100]), kind))
        fits(nudges.overtaken(INCIDENT, kind))
