"""Declaring needs only a title; everything can be corrected afterwards."""

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX, Decision
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status
from tests.incident.domain.situations import ALICE, BOB, NOW, decided, declared, fact, refused


def declare(title: str, **given: object) -> Decision:
    return rules.declare(number=1, title=title, severity=Severity.SEV2, by=ALICE, now=NOW, **given)  # type: ignore[arg-type]  # a test names only the field it is about


def test_a_new_incident_is_in_triage_without_a_commander() -> None:
    incident = declared("Checkout is failing", Severity.SEV1)
    assert (incident.status, incident.commander) == (Status.TRIAGE, None)
    assert incident.declared_by == ALICE
    assert incident.milestones == {Milestone.DECLARED: NOW}
    assert incident.reference == "INC-42"


def test_line_breaks_and_double_spaces_are_removed_from_the_title() -> None:
    made = fact(declare("  Checkout\n is   failing "))
    assert isinstance(made, facts.Declared)
    assert made.title == "Checkout is failing"


@pytest.mark.parametrize("title", ["", "   ", "\n\t", "\u200b\u200d", "\x07"])
def test_a_title_without_visible_characters_is_refused_at_its_field(title: str) -> None:
    assert refused(declare(title)).field == "title"


def test_the_longest_title_is_accepted_and_one_more_character_is_not() -> None:
    assert decided(declare("x" * TITLE_MAX))
    refusal = refused(declare("x" * (TITLE_MAX + 1)))
    assert refusal.field == "title"
    assert str(TITLE_MAX) in refusal.message
    assert str(TITLE_MAX + 1) in refusal.message


def test_a_summary_that_is_too_long_for_slack_is_refused_at_its_field() -> None:
    assert decided(declare("Checkout", summary="x" * TEXT_MAX))
    assert refused(declare("Checkout", summary="x" * (TEXT_MAX + 1))).field == "summary"


def test_the_declarer_may_name_the_commander_at_once() -> None:
    incident = declared(commander=BOB)
    assert incident.commander == BOB
    assert incident.milestones[Milestone.ACKNOWLEDGED] == NOW


def test_a_named_commander_is_a_separate_fact_on_the_timeline() -> None:
    first, second = decided(declare("Checkout", commander=BOB))
    assert isinstance(first, facts.Declared)
    assert second == facts.RoleAssigned(at=NOW, by=ALICE, role=Role.COMMANDER, person=BOB)


def test_privacy_and_the_source_message_are_kept() -> None:
    incident = declared(private=True, source="https://example.com/archives/C1/p1", summary=" Half fail ")
    assert incident.private
    assert incident.source == "https://example.com/archives/C1/p1"
    assert incident.summary == "Half fail"
