"""`/incident cancel`: a false alarm."""

import pytest

from bot.incident.domain import facts
from bot.incident.domain.vocabulary import Status
from tests.incident.commands.factory import change, form, press, refusal, reply, say, submit
from tests.incident.domain.situations import CAROL, NOW, declared, resolved
from tests.incident.views.reading import initial, required, said

OPEN = declared()


def test_cancel_takes_the_reason() -> None:
    made = change(say("cancel Monitor was wrong", OPEN), OPEN)
    assert made == facts.Cancelled(at=NOW, by=CAROL, old=Status.TRIAGE, reason="Monitor was wrong")


@pytest.mark.parametrize(
    "words", ["cancel", "false alarm", "FALSE positive", "falsealarm", "false-alarm", "nevermind"]
)
def test_without_text_a_form_asks_why_and_needs_no_answer(words: str) -> None:
    view = form(say(words, OPEN))
    assert (view["callback_id"], required(view), initial(view, "reason")) == ("cancel", set(), None)
    # Two buttons that begin with the same word, of which one undoes nothing, would be mixed up.
    assert (view["close"]["text"], view["submit"]["text"]) == ("Cancel", "Close as false alarm")
    assert "it can be opened again" in said(view)


@pytest.mark.parametrize("words", ["false alarm: monitor", "falsealarm monitor", "cancelled monitor"])
def test_a_synonym_opens_the_form_with_the_typed_text(words: str) -> None:
    assert initial(form(say(words, OPEN)), "reason") == "monitor"


def test_the_form_cancels_with_and_without_a_reason() -> None:
    for reason in ({}, {"reason": "Monitor was wrong"}):
        made = change(submit("cancel", OPEN, **reason), OPEN)
        assert isinstance(made, facts.Cancelled)
        assert made.reason == reason.get("reason", "")


def test_the_button_opens_the_form() -> None:
    assert form(press("cancel", OPEN))["callback_id"] == "cancel"


@pytest.mark.parametrize("words", ["cancel", "cancel Monitor was wrong", "false alarm"])
def test_a_closed_incident_is_not_cancelled(words: str) -> None:
    assert "INC-42 is resolved" in refusal(say(words, resolved()), resolved()).message


def test_the_status_command_names_the_command_instead() -> None:
    assert "`/incident cancel INC-42: <why>`" in refusal(say("status cancelled", OPEN), OPEN).message


def test_help_says_what_it_is_for() -> None:
    assert "Close a false alarm" in reply(say("help"))
    assert "`/incident reopen why` undoes it" in reply(say("help cancel"))
