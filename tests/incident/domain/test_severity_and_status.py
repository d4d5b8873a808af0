"""Severity is how badly customers are hit, status is the state of the work. Both may go back."""

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.vocabulary import Milestone, Severity, Status
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    NOW,
    after,
    declared,
    fact,
    later,
    minutes,
    refused,
    resolved,
)


def test_a_change_of_severity_keeps_the_old_one_and_the_reason() -> None:
    made = fact(rules.change_severity(declared(), Severity.SEV3, by=BOB, now=NOW, reason=" EU only "))
    assert made == facts.SeverityChanged(
        at=NOW, by=BOB, old=Severity.SEV1, new=Severity.SEV3, reason="EU only"
    )


def test_the_same_severity_again_is_not_a_change() -> None:
    refusal = refused(rules.change_severity(declared(), Severity.SEV1, by=BOB, now=NOW))
    assert (refusal.message, refusal.field) == ("INC-42 is already SEV1.", "severity")


def test_a_reason_that_is_too_long_is_refused_at_its_field() -> None:
    refusal = refused(
        rules.change_severity(declared(), Severity.SEV3, by=BOB, now=NOW, reason="x" * (TEXT_MAX + 1))
    )
    assert refusal.field == "reason"


def test_the_severity_of_a_closed_incident_does_not_change() -> None:
    refusal = refused(rules.change_severity(resolved(), Severity.SEV3, by=BOB, now=NOW))
    assert "INC-42 is resolved" in refusal.message


def test_a_new_severity_starts_a_new_promise_and_ends_a_snooze() -> None:
    incident = declared()
    incident = after(incident, rules.snooze(incident, minutes(60), by=BOB, now=NOW, reason="rolling back"))
    incident = after(incident, rules.change_severity(incident, Severity.SEV3, by=BOB, now=later(9)))
    assert (incident.severity, incident.promise_from) == (Severity.SEV3, later(9))
    assert incident.snoozed_until is None


@pytest.mark.parametrize("status", [Status.MITIGATING, Status.MITIGATED, Status.RESOLVED])
def test_the_status_moves_forward_and_may_skip_a_step(status: Status) -> None:
    made = fact(rules.change_status(declared(), status, by=BOB, now=NOW))
    assert made == facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=status)


def test_the_same_status_again_is_not_a_change() -> None:
    assert refused(rules.change_status(declared(), Status.TRIAGE, by=BOB, now=NOW)).field == "status"


def test_only_a_resolved_incident_can_be_reviewed() -> None:
    refusal = refused(rules.change_status(declared(), Status.REVIEWED, by=BOB, now=NOW))
    assert "resolve it first" in refusal.message
    incident = after(resolved(), rules.change_status(resolved(), Status.REVIEWED, by=BOB, now=NOW))
    assert incident.status is Status.REVIEWED
    assert incident.is_closed


def test_a_reviewed_incident_takes_no_other_status() -> None:
    incident = after(resolved(), rules.change_status(resolved(), Status.REVIEWED, by=BOB, now=NOW))
    for status in Status:
        assert "is reviewed" in refused(rules.change_status(incident, status, by=BOB, now=NOW)).message


def test_mitigated_and_resolved_record_their_times() -> None:
    incident = declared()
    incident = after(incident, rules.change_status(incident, Status.MITIGATED, by=BOB, now=later(20)))
    incident = after(incident, rules.resolve(incident, by=BOB, now=later(50)))
    assert incident.milestones[Milestone.MITIGATED] == later(20)
    assert incident.milestones[Milestone.RESOLVED] == later(50)


def test_resolving_directly_also_records_the_mitigation_time() -> None:
    assert resolved(at=later(5)).milestones[Milestone.MITIGATED] == later(5)


@pytest.mark.parametrize("back_to", [Status.TRIAGE, Status.MITIGATING])
def test_a_status_that_goes_back_removes_the_mitigation_time(back_to: Status) -> None:
    incident = declared()
    incident = after(incident, rules.change_status(incident, Status.MITIGATED, by=BOB, now=later(20)))
    if back_to is Status.MITIGATING:
        incident = after(incident, rules.resolve(incident, by=BOB, now=later(25)))
        incident = after(incident, rules.reopen(incident, "errors are back", by=BOB, now=later(30)))
    else:
        incident = after(incident, rules.change_status(incident, back_to, by=BOB, now=later(30)))
    assert incident.status is back_to
    assert incident.milestones == {Milestone.DECLARED: NOW}


def test_a_reopened_incident_is_mitigating_again_with_a_new_promise() -> None:
    incident = resolved(at=later(10))
    decision = rules.reopen(incident, " errors are back ", by=BOB, now=later(300))
    assert fact(decision) == facts.StatusChanged(
        at=later(300), by=BOB, old=Status.RESOLVED, new=Status.MITIGATING, reason="errors are back"
    )
    incident = after(incident, decision)
    assert not incident.is_closed
    assert incident.promise_from == later(300)


def test_a_change_of_status_is_not_an_update_and_renews_no_promise() -> None:
    incident = declared()
    incident = after(incident, rules.snooze(incident, minutes(60), by=BOB, now=NOW, reason="rolling back"))
    incident = after(incident, rules.change_status(incident, Status.MITIGATED, by=BOB, now=later(9)))
    assert (incident.promise_from, incident.snoozed_until) == (NOW, later(60))


def test_a_reviewed_incident_may_be_reopened_too() -> None:
    incident = after(resolved(), rules.change_status(resolved(), Status.REVIEWED, by=BOB, now=NOW))
    assert after(incident, rules.reopen(incident, "again", by=ALICE, now=NOW)).status is Status.MITIGATING


def test_an_open_incident_cannot_be_reopened() -> None:
    assert "already open (triage)" in refused(rules.reopen(declared(), "why", by=BOB, now=NOW)).message


@pytest.mark.parametrize("reason", ["", "  \n", "x" * (TEXT_MAX + 1)])
def test_reopening_needs_a_reason_with_visible_characters(reason: str) -> None:
    assert refused(rules.reopen(resolved(), reason, by=BOB, now=NOW)).field == "reason"
