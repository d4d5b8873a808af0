"""`update`, the answers to a reminder, `resolve` and `reopen`."""

from datetime import UTC, datetime

import pytest

from bot.incident.commands.request import ChangeIncident
from bot.incident.domain import facts
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.vocabulary import Milestone, Status
from tests.incident.commands.factory import change, changes, form, press, refusal, request, say, submit
from tests.incident.domain.situations import CAROL, NOW, declared, later, resolved, updated
from tests.incident.views.reading import fields, initial, required, said

OPEN = declared()


def test_an_update_may_be_typed_in_one_go() -> None:
    made = change(say("update Half of all payments fail", OPEN), OPEN)
    assert made == facts.UpdatePosted(at=NOW, by=CAROL, conditions="Half of all payments fail")


def test_update_alone_asks_for_conditions_actions_and_needs() -> None:
    view = form(say("update", OPEN))
    assert set(fields(view)) == {"conditions", "actions", "needs"}
    assert required(view) == {"conditions"}


def test_the_update_form_posts_all_three() -> None:
    made = change(submit("update", OPEN, conditions="Half fail", actions="Rollback", needs="A DBA"), OPEN)
    assert made == facts.UpdatePosted(
        at=NOW, by=CAROL, conditions="Half fail", actions="Rollback", needs="A DBA"
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "conditions"), ({"conditions": "Half fail", "needs": "x" * (TEXT_MAX + 1)}, "needs")],
)
def test_a_mistake_in_an_update_is_told_at_its_field(given: dict[str, str], field: str) -> None:
    assert refusal(submit("update", OPEN, **given), OPEN).field == field
    assert field in fields(form(say("update", OPEN)))


def test_a_reminder_is_answered_with_no_change_by_one_press() -> None:
    told = updated(OPEN)
    made = change(press("no_change", told), told)
    assert isinstance(made, facts.UpdatePosted)
    assert made.unchanged


def test_no_change_where_nothing_was_ever_said_asks_for_the_first_sentence() -> None:
    view = form(press("no_change", OPEN))
    assert view["callback_id"] == "update"
    assert "There is no update yet" in said(view)


def test_a_reminder_is_snoozed_for_as_long_as_the_policy_says() -> None:
    made = change(press("snooze", OPEN, now=later(16)), OPEN)
    assert made == facts.Snoozed(at=later(16), by=CAROL, until=later(16) + request().policy.snooze)


@pytest.mark.parametrize("action_id", ["no_change", "snooze"])
def test_a_reminder_that_is_answered_too_late_says_that_it_is_over(action_id: str) -> None:
    assert "INC-42 is resolved" in refusal(press(action_id, resolved()), resolved()).message


def test_resolve_may_say_what_fixed_it() -> None:
    made = change(say("resolve Rolled back 214", OPEN), OPEN)
    assert made == facts.StatusChanged(
        at=NOW, by=CAROL, old=Status.TRIAGE, new=Status.RESOLVED, reason="Rolled back 214"
    )


def test_resolve_alone_asks_but_insists_on_nothing() -> None:
    view = form(say("resolve", OPEN))
    assert set(fields(view)) == {"summary", "started", "detected"}
    assert required(view) == set()


def test_the_resolve_form_left_empty_resolves() -> None:
    made = change(submit("resolve", OPEN), OPEN)
    assert isinstance(made, facts.StatusChanged)
    assert (made.new, made.reason) == (Status.RESOLVED, "")


def test_the_moments_picked_in_the_resolve_form_are_kept() -> None:
    began = datetime(2026, 11, 23, 13, 30, tzinfo=UTC)
    picked = int(began.timestamp())
    started, end = changes(submit("resolve", OPEN, summary="Rolled back", started=picked), OPEN)
    assert started == facts.MilestoneSet(at=NOW, by=CAROL, milestone=Milestone.STARTED, when=began)
    assert isinstance(end, facts.StatusChanged)


@pytest.mark.parametrize("field", ["started", "detected"])
def test_a_moment_to_come_is_refused_at_its_field(field: str) -> None:
    picked = {field: int(later(1).timestamp())}
    assert refusal(submit("resolve", OPEN, **picked), OPEN).field == field


def test_whoever_types_something_like_resolve_sees_the_form_with_their_text() -> None:
    for typed in ("close", "fixed", "done"):
        assert initial(form(say(f"{typed} Rolled back 214", OPEN)), "summary") == "Rolled back 214"


@pytest.mark.parametrize("field", ["started", "detected"])
def test_a_moment_long_before_is_asked_back_and_taken_from_whoever_is_sure(field: str) -> None:
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


def test_what_is_over_is_not_resolved_again() -> None:
    for words in ("resolve", "resolve Rolled back"):
        assert "INC-42 is resolved" in refusal(say(words, resolved()), resolved()).message


def test_reopen_takes_a_reason() -> None:
    made = change(say("reopen errors are back", resolved()), resolved())
    assert made == facts.StatusChanged(
        at=NOW, by=CAROL, old=Status.RESOLVED, new=Status.MITIGATING, reason="errors are back"
    )


def test_reopen_alone_asks_why() -> None:
    assert required(form(say("reopen", resolved()))) == {"reason"}


def test_the_reopen_form_opens_it_again() -> None:
    made = change(submit("reopen", resolved(), reason="errors are back"), resolved())
    assert isinstance(made, facts.StatusChanged)
    assert made.new is Status.MITIGATING


def test_the_reopen_form_without_a_reason_is_refused_at_its_field() -> None:
    assert refusal(submit("reopen", resolved()), resolved()).field == "reason"


@pytest.mark.parametrize("words", ["reopen", "reopen errors are back"])
def test_what_is_open_is_not_reopened(words: str) -> None:
    assert refusal(say(words, OPEN), OPEN).message == "INC-42 is already open (triage)."
