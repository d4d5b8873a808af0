"""The state follows from the history; a broken history is an error and is never guessed at."""

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.access import Viewer, may_see
from bot.incident.domain.incident import evolve, fold
from bot.incident.domain.vocabulary import Role, Severity
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, declared, later

DECLARED = facts.Declared(at=NOW, by=ALICE, number=42, title="Checkout is failing", severity=Severity.SEV1)
NOTED = facts.Noted(at=NOW, by=ALICE, author=ALICE, text="Errors began")


def test_the_same_history_always_gives_the_same_incident() -> None:
    assert fold([DECLARED, NOTED]) == fold([DECLARED, NOTED])


def test_every_fact_counts_even_one_that_changes_nothing() -> None:
    assert fold([DECLARED, NOTED, NOTED]).version == 3


def test_an_empty_history_is_not_an_incident() -> None:
    with pytest.raises(ValueError, match="empty history"):
        fold([])


def test_a_history_begins_with_the_declaration() -> None:
    with pytest.raises(ValueError, match="not with Noted"):
        fold([NOTED, DECLARED])


def test_an_incident_is_declared_once() -> None:
    with pytest.raises(ValueError, match="INC-42 was declared twice"):
        evolve(fold([DECLARED]), DECLARED)


def test_a_role_that_nobody_holds_has_no_holder() -> None:
    assert declared().holder(Role.SCRIBE) is None


def test_a_note_about_the_past_does_not_change_the_promise() -> None:
    incident = after(declared(), rules.note(declared(), "Deploy", by=ALICE, now=NOW, at=later(-60)))
    assert incident.promise_from == NOW


def test_only_participants_may_see_a_private_incident_and_everybody_a_public_one() -> None:
    private = declared(private=True, commander=BOB)
    assert [may_see(private, Viewer(person)) for person in (ALICE, BOB, CAROL)] == [True, True, False]
    assert may_see(declared(), Viewer(CAROL))
