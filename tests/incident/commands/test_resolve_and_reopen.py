"""`resolve` and `reopen`."""

from datetime import UTC, datetime

import pytest

from bot.incident.commands.request import ChangeIncident
from bot.incident.domain import facts
from bot.incident.domain.vocabulary import Milestone, Status
from tests.incident.commands.factory import change, changes, form, refusal, say, submit
from tests.incident.domain.situations import CAROL, NOW, declared, later, resolved
from tests.incident.views.reading import fields, initial, required, said

OPEN = declared()


def test_resolve_accepts_what_fixed_it() -> None:
    made = change(say("resolve Rolled back 214", OPEN), OPEN)
    assert made == facts.StatusChanged(
        at=NOW, by=CAROL, old=Status.TRIAGE, new=Status.RESOLVED, reason="Rolled back 214"
    )


def test_resolve_alone_opens_a_form_without_required_fields() -> None:
    view = form(say("resolve", OPEN))
    assert set(fields(view)) == {"summary", "started", "detected"}
    assert required(view) == set()


def test_an_empty_resolve_form_resolves() -> None:
    made = change(submit("resolve", OPEN), OPEN)
    assert isinstance(made, facts.StatusChanged)
    assert (made.new, made.reason) == (Status.RESOLVED, "")


def test_the_times_picked_in_the_resolve_form_are_kept() -> None:
    began = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
    picked = int(began.timestamp())
    started, end = changes(submit("resolve", OPEN, summary="Rolled back", started=picked), OPEN)
    assert started == facts.MilestoneSet(at=NOW, by=CAROL, milestone=Milestone.STARTED, when=began)
    assert isinstance(end, facts.StatusChanged)


@pytest.mark.parametrize("field", ["started", "detected"])
def test_a_time_in_the_future_is_refused_at_its_field(field: str) -> None:
    picked = {field: int(later(1).timestamp())}
    assert refusal(submit("resolve", OPEN, **picked), OPEN).field == field


def test_a_synonym_of_resolve_opens_the_form_with_the_typed_text() -> None:
    for typed in ("close", "fixed", "done"):
        assert initial(form(say(f"{typed} Rolled back 214", OPEN)), "summary") == "Rolled back 214"


@pytest.mark.parametrize("field", ["started", "detected"])
def test_a_time_long_ago_needs_a_confirmation(field: str) -> None:
    long_ago = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
    asked = submit("resolve", OPEN, summary="Rolled back", **{field: long_ago})
    doubt = refusal(asked, OPEN)
    assert (doubt.unless_sure, doubt.field) == (True, field)
    assert isinstance(asked, ChangeIncident)
    assert asked.ask_again is not None
    view = asked.ask_again(doubt)
    assert "2,518 days before INC-42 was declared" in said(view)
    assert initial(view, "summary") == "Rolled back"
    told, _ = changes(submit("resolve", OPEN, sure=["sure"], **{field: long_ago}), OPEN)
    assert isinstance(told, facts.MilestoneSet)


def test_a_closed_incident_is_not_resolved_again() -> None:
    for words in ("resolve", "resolve Rolled back"):
        assert "INC-42 is resolved" in refusal(say(words, resolved()), resolved()).message


def test_reopen_takes_a_reason() -> None:
    made = change(say("reopen errors are back", resolved()), resolved())
    assert made == facts.StatusChanged(
        at=NOW, by=CAROL, old=Status.RESOLVED, new=Status.MITIGATING, reason="errors are back"
    )


def test_reopen_alone_asks_why() -> None:
    assert required(form(say("reopen", resolved()))) == {"reason"}


def test_the_reopen_form_reopens_the_incident() -> None:
    made = change(submit("reopen", resolved(), reason="errors are back"), resolved())
    assert isinstance(made, facts.StatusChanged)
    assert made.new is Status.MITIGATING


def test_the_reopen_form_without_a_reason_is_refused_at_its_field() -> None:
    assert refusal(submit("reopen", resolved()), resolved()).field == "reason"


@pytest.mark.parametrize("words", ["reopen", "reopen errors are back"])
def test_an_open_incident_is_not_reopened(words: str) -> None:
    assert refusal(say(words, OPEN), OPEN).message == "INC-42 is already open (triage)."
