"""`/incident postmortem review`, `approve`, `changes`, `take-over`, `publish`, `none`."""

import pytest

from bot.incident.commands.registry import BUTTONS, COMMANDS, FORMS
from bot.incident.commands.request import ChangeIncident
from bot.incident.domain import facts, rules
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Severity
from tests.incident.commands.factory import change, changes, form, press, refusal, request, say, submit
from tests.incident.domain.postmortems import approved, in_review, over, published, written
from tests.incident.domain.situations import BOB, CAROL, DAVE, NOW, after, declared, resolved
from tests.incident.views.reading import fields, said

OVER = over()


def test_each_word_does_the_same_as_its_button() -> None:
    for word, pressed, incident in (
        ("review", "postmortem_send", written(OVER)),
        ("approve", "postmortem_approve", in_review()),
        ("publish", "postmortem_publish", approved(in_review(), DAVE)),
    ):
        assert changes(say(f"postmortem {word}", incident), incident) == changes(
            press(pressed, incident), incident
        )


def test_the_policy_says_how_many_approve() -> None:
    happened = change(press("postmortem_send", written(OVER)), written(OVER))
    assert isinstance(happened, facts.PostmortemSentToReview)
    assert happened.reviewers == 1


def test_changes_are_asked_for_in_a_sentence_or_in_a_form() -> None:
    incident = in_review()
    asked = facts.PostmortemChangesWanted(at=NOW, by=CAROL, text="Say who was hit")
    assert change(say("postmortem changes Say who was hit", incident), incident) == asked
    assert set(fields(form(say("postmortem changes", incident)))) == {"text"}
    assert change(submit("postmortem_changes", incident, text="Say who was hit"), incident) == asked
    assert "sends it to review first" in refusal(press("postmortem_changes", written(OVER))).message


def test_new_entries_are_taken_over_with_an_answer() -> None:
    incident = in_review()
    noted = after(incident, rules.note(incident, "The log was full", by=CAROL, now=NOW))
    outcome = say("postmortem take-over", noted)
    happened = change(outcome, noted)
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done
    assert "has everything" in said(outcome.done(after(noted, (happened,))))


def test_it_is_closed_without_one_by_a_reason() -> None:
    closed = facts.PostmortemNotWanted(at=NOW, by=CAROL, reason="INC-7 covers it")
    assert change(say("postmortem none INC-7 covers it", OVER), OVER) == closed
    view = form(press("postmortem_none", OVER))
    assert "owes a postmortem" in said(view)
    assert set(fields(view)) == {"reason"}
    assert "owes a postmortem" not in said(
        form(press("postmortem_none", resolved(declared(severity=Severity.SEV4))))
    )
    assert change(submit("postmortem_none", OVER, reason="INC-7 covers it"), OVER) == closed
    assert "when it is resolved" in refusal(press("postmortem_none", declared())).message


@pytest.mark.parametrize(
    ("typed", "needed"),
    [
        ("", Capability.CHANGE),
        ("edit", Capability.CHANGE),
        ("publish", Capability.CLOSE),
        ("none of our business", Capability.CLOSE),
        (f"<@{BOB}>", Capability.CHANGE),
    ],
)
def test_what_ends_it_needs_what_the_review_needs(typed: str, needed: Capability) -> None:
    assert COMMANDS["postmortem"].action.needed(request(typed, incident=OVER)) == (needed,)


def test_one_that_is_not_owed_is_given_up_by_whoever_may_change_the_incident() -> None:
    mild = request("none", incident=resolved(declared(severity=Severity.SEV4)))
    assert COMMANDS["postmortem"].action.needed(mild) == (Capability.CHANGE,)
    for action in (BUTTONS["postmortem_none"], FORMS["postmortem_none"]):
        assert action.needed(request(incident=OVER)) == (Capability.CLOSE,)
        assert action.needed(request()) == (Capability.CHANGE,)


def test_published_again_after_a_change() -> None:
    changed = written(published(), "Less than half")
    happened = change(press("postmortem_publish", changed), changed)
    assert isinstance(happened, facts.PostmortemPublished)
    assert happened.version == 2
