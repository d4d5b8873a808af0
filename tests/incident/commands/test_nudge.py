"""The answers to nudges."""

import json

import pytest

from bot.core.blocks import View
from bot.incident.commands import registry
from bot.incident.commands.request import ChangeIncident
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import fold
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.views import modals
from tests.incident.commands.factory import POLICY, change, declared, form, press, refusal, say
from tests.incident.commands.factory import request as asked
from tests.incident.domain.situations import BOB, CAROL, NOW, decided, resolved
from tests.incident.domain.situations import declared as an_incident
from tests.incident.views.reading import fields, initial, required, said

OPEN = an_incident(commander=BOB)


def declare_by_form(**typed: str) -> facts.Declared:
    """Declare by the form as it was opened."""
    view = modals.declare(POLICY)
    made = registry.FORMS["declare"].handle(
        asked(fields={"title": "It fails", **typed}, metadata=json.loads(view["private_metadata"]))
    )
    fact, _ = declared(made)
    return fact


def test_the_forms_first_choice_of_severity_counts_as_not_chosen() -> None:
    assert declare_by_form(severity="2").severity_assumed
    assert not declare_by_form(severity="1").severity_assumed


def test_a_severity_that_was_typed_counts_as_chosen() -> None:
    fact, _ = declared(say("declare sev2 It fails"))
    assert not fact.severity_assumed
    view = modals.declare(POLICY, severity=Severity.SEV2)
    assert "severity_proposed" not in json.loads(view["private_metadata"])


def test_the_severity_is_kept_by_a_button_or_by_its_word() -> None:
    decision = rules.declare(
        number=1, title="It fails", severity=Severity.SEV2, by=BOB, now=NOW, severity_assumed=True
    )
    incident = fold(decided(decision))
    kept = facts.SeverityConfirmed(at=NOW, by=CAROL, severity=Severity.SEV2)
    assert change(press("keep_severity", incident, metadata={"severity": 2}), incident) == kept
    assert change(say("severity sev2", incident), incident) == kept


def test_the_scribes_role_is_taken_by_a_button() -> None:
    made = change(press("become_scribe", OPEN), OPEN)
    assert isinstance(made, facts.RoleAssigned)
    assert (made.role, made.person) == (Role.SCRIBE, CAROL)


@pytest.mark.parametrize("kind", NudgeKind)
def test_the_form_asks_why_not_in_words_of_its_own(kind: NudgeKind) -> None:
    view: View = modals.decline_nudge(OPEN, kind)
    assert required(view) == {"reason"}
    assert initial(view, "reason") is None
    assert "Why" in said(view)
    assert json.loads(view["private_metadata"]) == {"number": 42, "nudge": kind.value}
    assert fields(view)["reason"]["element"]["max_length"] == rules.REASON_MAX


@pytest.mark.parametrize(("nudge", "is_told"), [("scribe", False), ("forgotten", True)])
def test_who_says_why_it_is_still_open_is_told_so_because_the_reminder_stays(
    nudge: str, *, is_told: bool
) -> None:
    sent = asked(incident=OPEN, fields={"reason": " We wait "}, metadata={"nudge": nudge})
    outcome = registry.FORMS["nudge_decline"].handle(sent)
    assert isinstance(outcome, ChangeIncident)
    assert (outcome.done is not None) is is_told
    if outcome.done:
        text = "Recorded on the timeline: still open, “We wait”. An update stays due."
        assert said(outcome.done(OPEN)) == text


def test_why_not_is_recorded() -> None:
    opened = form(press("nudge_decline", OPEN, metadata={"nudge": "scribe"}))
    outcome = registry.FORMS["nudge_decline"].handle(
        asked(
            incident=OPEN,
            fields={"reason": "Two of us"},
            metadata=json.loads(opened["private_metadata"]),
        )
    )
    made = facts.NudgeDeclined(at=NOW, by=CAROL, nudge=NudgeKind.SCRIBE, reason="Two of us")
    assert change(outcome, OPEN) == made


def test_a_question_that_is_settled_or_unknown_opens_no_form() -> None:
    assert "is resolved" in refusal(press("nudge_decline", resolved(), metadata={"nudge": "scribe"})).message
    for metadata in ({}, {"nudge": "of another release"}):
        assert "not asked any more" in refusal(press("nudge_decline", OPEN, metadata=metadata)).message
        sent = registry.FORMS["nudge_decline"].handle(asked(incident=OPEN, metadata=metadata))
        assert "not asked any more" in refusal(sent).message
    assert "not asked any more" in refusal(press("keep_severity", OPEN)).message
