"""`update`: in one line or in a form, with a preview, a promise, and what is changed with it."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from bot.core.blocks import View
from bot.incident.commands import registry
from bot.incident.commands.request import ChangeIncident, KeepDraft, OpenForm, Outcome, Request
from bot.incident.domain import facts
from bot.incident.domain.audiences import EVERYBODY, Audience
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.vocabulary import Severity, Status
from tests.incident.commands.factory import (
    change,
    changes,
    form,
    press,
    refusal,
    reply,
    request,
    say,
    submit,
)
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    entries,
    later,
    resolved,
    updated,
)
from tests.incident.views.reading import fields, initial, required, said

OPEN = declared()
SEV1_IN_TRIAGE = {"number": 42, "severity": 1, "status": "triage"}  # what the form remembers of its opening
AS_OPENED = {"severity": "1", "status": "triage", "audiences": ["room", "stakeholders"], "next_in": "policy"}


def sent(given: Mapping[str, Any], metadata: Mapping[str, Any] = SEV1_IN_TRIAGE) -> Outcome:
    """Submit the form with these values and otherwise as it was opened."""
    filled_in = {"conditions": "Half fail", **AS_OPENED, **given}
    return registry.FORMS["update"].handle(request(incident=OPEN, fields=filled_in, metadata=metadata))


def test_an_update_can_be_typed_in_one_line() -> None:
    made = change(say("update Half of all payments fail", OPEN), OPEN)
    assert made == facts.UpdatePosted(at=NOW, by=CAROL, conditions="Half of all payments fail")


def test_update_alone_asks_for_conditions_actions_and_needs() -> None:
    view = form(say("update", OPEN))
    assert {"conditions", "actions", "needs"} <= set(fields(view))
    assert required(view) == {"conditions", "severity", "status", "next_in"}  # all but the first are chosen


def test_the_update_form_posts_all_three() -> None:
    made = change(submit("update", OPEN, conditions="Half fail", actions="Rollback", needs="A DBA"), OPEN)
    assert made == facts.UpdatePosted(
        at=NOW, by=CAROL, conditions="Half fail", actions="Rollback", needs="A DBA"
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [({}, "conditions"), ({"conditions": "Half fail", "needs": "x" * (TEXT_MAX + 1)}, "needs")],
)
def test_a_mistake_in_an_update_is_shown_at_its_field(given: dict[str, str], field: str) -> None:
    assert refusal(submit("update", OPEN, **given), OPEN).field == field
    assert field in fields(form(say("update", OPEN)))


def test_one_press_answers_a_reminder_with_no_change() -> None:
    told = updated(OPEN)
    made = change(press("no_change", told), told)
    assert isinstance(made, facts.UpdatePosted)
    assert made.unchanged


def test_no_change_without_an_earlier_update_asks_for_a_first_update() -> None:
    view = form(press("no_change", OPEN))
    assert view["callback_id"] == "update"
    assert "There is no update yet" in said(view)


def test_a_reminder_is_snoozed_for_the_time_in_the_policy_with_a_reason() -> None:
    view = form(press("snooze", OPEN))
    assert required(view) == {"reason"}
    assert "another 10 min" in said(view)
    for outcome in (submit("snooze", OPEN, reason="rolling back"), say("snooze rolling back", OPEN)):
        made = change(outcome, OPEN)
        assert made == facts.Snoozed(
            at=NOW, by=CAROL, until=NOW + request().policy.snooze, reason="rolling back"
        )
    assert form(say("snooze", OPEN))["callback_id"] == "snooze"


def test_a_reminder_that_was_snoozed_twice_is_not_snoozed_again() -> None:
    snoozed = OPEN
    for _ in range(2):
        snoozed = after(snoozed, changes(say("snooze rolling back", snoozed), snoozed))
    assert "press No change" in refusal(press("snooze", snoozed)).message


@pytest.mark.parametrize("action_id", ["no_change", "snooze"])
def test_an_answer_to_a_reminder_of_a_closed_incident_says_that_it_is_closed(action_id: str) -> None:
    assert "INC-42 is resolved" in refusal(press(action_id, resolved()), resolved()).message


def test_the_form_shows_the_present_state_and_changes_nothing_by_itself() -> None:
    view = form(say("update", OPEN))
    assert [initial(view, name) for name in ("severity", "status", "next_in")] == ["1", "triage", "policy"]
    chosen = fields(view)["audiences"]["element"]["initial_options"]
    assert [each["value"] for each in chosen] == ["room", "stakeholders"]
    assert json.loads(view["private_metadata"]) == SEV1_IN_TRIAGE
    assert change(sent({}), OPEN) == facts.UpdatePosted(at=NOW, by=CAROL, conditions="Half fail")


def test_a_private_incident_has_no_stakeholders_to_choose() -> None:
    view = form(say("update", declared(private=True)))
    offered = [each["value"] for each in fields(view)["audiences"]["element"]["options"]]
    assert offered == ["room", "public"]


def test_severity_status_audiences_and_the_next_promise_are_sent_with_the_update() -> None:
    given = {"severity": "2", "status": "mitigated", "audiences": ["room"], "next_in": "30"}
    severity, status, update = changes(sent(given), OPEN)
    assert isinstance(severity, facts.SeverityChanged)
    assert isinstance(status, facts.StatusChanged)
    assert (severity.new, status.new) == (Severity.SEV2, Status.MITIGATED)
    assert isinstance(update, facts.UpdatePosted)
    assert (update.audiences, update.next_by) == ((Audience.ROOM,), later(30))


def test_a_choice_that_was_not_touched_does_not_undo_what_somebody_else_changed_meanwhile() -> None:
    raised = after(OPEN, (facts.SeverityChanged(at=NOW, by=BOB, old=Severity.SEV1, new=Severity.SEV2),))
    moved = after(raised, (facts.StatusChanged(at=NOW, by=BOB, old=Status.TRIAGE, new=Status.MITIGATED),))
    assert len(changes(sent({}), moved)) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"audiences": []}, "audiences"),
        ({"audiences": ["public"]}, "audiences"),
        ({"next_in": "30"}, "next_in"),
    ],
)
def test_a_mistake_in_a_choice_is_shown_at_its_field(given: dict[str, Any], field: str) -> None:
    assert refusal(sent(given), OPEN).field == field
    assert field in fields(form(say("update", OPEN)))


def test_values_that_the_form_does_not_offer_change_nothing() -> None:
    forged = {"severity": "9", "status": "gone", "audiences": ["room", "moon"], "next_in": "99999999"}
    made = change(sent(forged), OPEN)
    assert made == facts.UpdatePosted(at=NOW, by=CAROL, conditions="Half fail", audiences=(Audience.ROOM,))


def test_a_form_of_the_release_before_posts_to_everybody() -> None:
    made = change(submit("update", OPEN, conditions="Half fail"), OPEN)
    assert isinstance(made, facts.UpdatePosted)
    assert made.audiences == EVERYBODY


def preview(given: Mapping[str, Any]) -> View:
    filled_in = {"conditions": "Half fail", **AS_OPENED, **given}
    outcome = press("preview_update", OPEN, fields=filled_in, metadata=SEV1_IN_TRIAGE)
    assert isinstance(outcome, OpenForm)
    assert outcome.on_top
    return outcome.view


def test_the_preview_shows_the_update_over_the_form_and_posts_nothing() -> None:
    view = preview({"severity": "2", "needs": "A DBA"})
    assert "SEV1 → *SEV2* · triage" in said(view)
    assert ">A DBA" in said(view)
    assert "submit" not in view


def test_the_preview_says_why_the_update_would_be_refused() -> None:
    assert "an update is due every 15 min" in said(preview({"next_in": "60"}))


def test_a_public_draft_is_shown_once_the_update_is_posted() -> None:
    outcome = sent({"audiences": ["room", "public"], "conditions": f"<@{ALICE}> sees half fail"})
    assert isinstance(outcome, ChangeIncident)
    assert outcome.next_page is not None
    view = outcome.next_page(after(OPEN, changes(outcome, OPEN)))
    assert "Your update of *INC-42* is posted." in said(view)
    (text,) = view["blocks"][1]["elements"][0]["elements"]
    assert text["text"] == (
        "Investigating: @Alice Adams sees half fail\n\nNext update by 2026-11-23 14:15 UTC."
    )
    without = sent({})
    assert isinstance(without, ChangeIncident)
    assert without.next_page is None


@pytest.mark.parametrize("name", ["conditions", "actions", "needs"])
def test_what_is_typed_in_the_form_is_kept_while_it_is_typed(name: str) -> None:
    assert fields(form(say("update", OPEN)))[name]["dispatch_action"]
    outcome = press(name, OPEN, fields={"conditions": "Half", "needs": "A", **AS_OPENED})
    assert outcome == KeepDraft({"conditions": "Half", "needs": "A"})
    posted = sent({})
    assert isinstance(posted, ChangeIncident)


@pytest.mark.parametrize("opened", ["update", "no_change"])
def test_the_form_opens_with_what_was_typed_before(opened: str) -> None:
    view = form(press(opened, OPEN, draft={"conditions": "Half of all"}))
    assert initial(view, "conditions") == "Half of all"
    assert "You wrote this before and did not post it." in said(view)
    assert "You wrote this" not in said(form(press(opened, OPEN)))


def test_past_updates_are_a_word_and_a_button() -> None:
    found = entries(facts.UpdatePosted(at=NOW, by=BOB, conditions="Half fail"))
    assert "Half fail" in reply(say("updates", OPEN, timeline=found))
    assert "Half fail" in reply(press("past_updates", OPEN, timeline=found))


def test_an_update_after_the_wrong_word_is_not_lost() -> None:
    assert "`/incident update" in refusal(say("updates Half fail", OPEN)).message


def test_a_handler_without_templates_says_what_to_do() -> None:
    with pytest.raises(LookupError, match=r"wants=Wants\.TEMPLATES"):
        _ = Request(id="1", team="T1", actor=BOB, now=NOW, policy=request().policy).wording
