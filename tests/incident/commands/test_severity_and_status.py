"""`severity` and `status`: typed in one line, or chosen in a form that starts with the present value."""

import pytest

from bot.incident.domain import facts
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.vocabulary import Severity, Status
from tests.incident.commands.factory import change, form, refusal, say, submit
from tests.incident.domain.situations import CAROL, NOW, declared, resolved
from tests.incident.views.reading import fields, initial, said

OPEN = declared()


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("severity sev3", ""),
        ("severity S3 EU only", "EU only"),
        ("severity 3  EU ", "EU"),
        ("severity to SEV-3: EU", "EU"),
        ("severity severity 3, EU", "EU"),
        ("sev3 EU", "EU"),
        ("sev 3 EU", "EU"),
    ],
)
def test_a_severity_may_come_with_its_reason(words: str, reason: str) -> None:
    made = change(say(words, OPEN), OPEN)
    assert made == facts.SeverityChanged(
        at=NOW, by=CAROL, old=Severity.SEV1, new=Severity.SEV3, reason=reason
    )


def test_severity_alone_opens_a_form_with_the_present_value() -> None:
    view = form(say("severity", OPEN))
    assert initial(view, "severity") == "1"
    assert all(severity.label in said(view) for severity in Severity)


@pytest.mark.parametrize("typed", ["sev5", "high", "0"])
def test_an_unknown_severity_is_refused(typed: str) -> None:
    assert f"“{typed}” is not a severity" in refusal(say(f"severity {typed} why", OPEN)).message


def test_a_very_long_unknown_severity_is_not_repeated_in_full() -> None:
    assert len(refusal(say("severity " + "x" * 500, OPEN)).message) < 150
    assert len(refusal(say("status " + "x" * 500, OPEN)).message) < 150
    assert len(refusal(say("assign <@U0BOB> " + "x" * 500, OPEN)).message) < 150


def test_the_severity_form_changes_it_with_its_reason() -> None:
    made = change(submit("severity", OPEN, severity="4", reason="EU only"), OPEN)
    assert isinstance(made, facts.SeverityChanged)
    assert (made.new, made.reason) == (Severity.SEV4, "EU only")


def test_saving_an_unchanged_severity_form_says_that_nothing_changed() -> None:
    assert refusal(submit("severity", OPEN), OPEN).field == "severity"


def test_a_reason_that_is_too_long_is_refused_at_its_field() -> None:
    no = refusal(submit("severity", OPEN, severity="4", reason="x" * (TEXT_MAX + 1)), OPEN)
    assert no.field == "reason"
    assert no.field in fields(form(say("severity", OPEN)))


@pytest.mark.parametrize("typed", ["mitigating", "Mitigating", " MITIGATING "])
def test_a_status_can_be_typed_in_any_case(typed: str) -> None:
    made = change(say(f"status {typed}", OPEN), OPEN)
    assert made == facts.StatusChanged(at=NOW, by=CAROL, old=Status.TRIAGE, new=Status.MITIGATING)


def test_status_alone_opens_a_form_with_the_present_value() -> None:
    view = form(say("status", OPEN))
    assert initial(view, "status") == "triage"
    assert "Reviewed" not in said(view), "only what is resolved is reviewed"


def test_an_unknown_status_is_refused_with_the_known_ones() -> None:
    no = refusal(say("status fixed", OPEN))
    assert no.message == (
        "“fixed” is not a status. The statuses are triage, mitigating, mitigated, resolved, reviewed."
    )


def test_the_status_form_changes_it() -> None:
    made = change(submit("status", OPEN, status="mitigated"), OPEN)
    assert isinstance(made, facts.StatusChanged)
    assert made.new is Status.MITIGATED


def test_saving_an_unchanged_status_form_says_that_nothing_changed() -> None:
    no = refusal(submit("status", OPEN), OPEN)
    assert no.field in fields(form(say("status", OPEN)))


def test_a_resolved_incident_can_be_reviewed_by_a_word() -> None:
    made = change(say("status reviewed", resolved()), resolved())
    assert isinstance(made, facts.StatusChanged)
    assert made.new is Status.REVIEWED


@pytest.mark.parametrize("words", ["severity sev3", "severity", "status triage", "status"])
def test_neither_changes_in_a_closed_incident(words: str) -> None:
    no = refusal(say(words, resolved()), resolved())
    assert (
        no.message
        == "INC-42 is resolved. If the problem is back, open it again: `/incident reopen INC-42: <why>`."
    )
