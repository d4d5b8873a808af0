"""Declaring what was declared a moment ago: a question first, then another incident."""

import json
from dataclasses import replace

import pytest

from bot.incident.commands import registry
from bot.incident.commands.request import DeclareIncident, OpenForm, Outcome, Reply
from bot.incident.domain.vocabulary import Severity
from tests.incident.commands.factory import declared, form, press, reply, request, say
from tests.incident.domain.situations import BOB, CAROL
from tests.incident.domain.situations import declared as before
from tests.incident.views.reading import initial, required, said


def asked(outcome: Outcome) -> Reply | OpenForm:
    """The question that is asked where INC-42 was declared so before."""
    assert isinstance(outcome, DeclareIncident), outcome
    assert outcome.ask is not None
    return outcome.ask(before("Checkout is down"), "C0ROOM")


def test_the_same_words_again_lead_to_a_question_with_a_button_to_declare_another_one() -> None:
    question = asked(say("declare sev1 Checkout  is down"))
    assert isinstance(question, Reply)
    assert "*INC-42* Checkout is down (triage). Its war room is <#C0ROOM>" in reply(question)
    (button,) = question.message.blocks[-1]["elements"]
    again = press(button["action_id"], text=json.loads(button["value"])["text"])
    assert isinstance(again, DeclareIncident)
    assert again.ask is None
    made, _ = declared(again)
    assert (made.severity, made.title) == (Severity.SEV1, "Checkout is down")


def test_a_form_with_that_question_keeps_its_fields_and_declares_another_one_when_sent_again() -> None:
    given = {"title": "Checkout is down", "severity": "1", "summary": "Half of it"}
    sent = request(fields=given, metadata={"message": ["C1", "1.1", ""], "source": "https://example.com/p1"})
    question = asked(registry.FORMS["declare"].handle(sent))
    view = form(question)
    assert {name: initial(view, name) for name in given} == given
    assert "has already declared this" in said(view)
    again = registry.FORMS["declare"].handle(replace(sent, metadata=json.loads(view["private_metadata"])))
    assert isinstance(again, DeclareIncident)
    assert (again.ask, again.dedup_keys) == (None, ())


def test_two_people_who_declare_from_one_message_declare_the_same() -> None:
    sent = [
        registry.FORMS["declare"].handle(
            request(
                actor=actor, fields={"title": f"{actor} says so"}, metadata={"message": ["C1", "1.1", ""]}
            )
        )
        for actor in (BOB, CAROL)
    ]
    first, second = (
        {each.key for each in one.dedup_keys} for one in sent if isinstance(one, DeclareIncident)
    )
    assert first & second == {"declared_from:C1:1.1"}


@pytest.mark.parametrize("text", ["", "sev1", "Checkout is down"])
def test_another_one_without_a_title_or_a_severity_opens_the_form(text: str) -> None:
    assert required(form(press("declare_again", text=text))) == {"title", "severity"}
