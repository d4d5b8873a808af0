"""Declaring from anywhere: in one line, with a form, from a message."""

import json
from dataclasses import replace
from typing import Any

import pytest

from bot.incident.commands import registry
from bot.incident.commands.request import DeclareIncident, MarkedMessage, OpenForm, Outcome, Reply
from bot.incident.domain import facts
from bot.incident.domain.effects import AnswerSource
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.vocabulary import Role, Severity
from tests.incident.commands.factory import (
    APP,
    STRANGER,
    form,
    press,
    refusal,
    reply,
    request,
    say,
    submit,
    use,
)
from tests.incident.domain.situations import BOB, CAROL, NOW, decided
from tests.incident.domain.situations import declared as before
from tests.incident.views.reading import fields, initial, required, said


def declared(outcome: Outcome, number: int = 7) -> tuple[facts.Declared, list[object]]:
    """The declaration once it has its number, and what else happened with it."""
    assert isinstance(outcome, DeclareIncident), outcome
    first, *rest = decided(outcome.decide(number))
    assert isinstance(first, facts.Declared)
    return first, list(rest)


def test_one_line_declares_at_once() -> None:
    outcome = say("declare SEV1 Checkout  is down")
    assert isinstance(outcome, DeclareIncident)
    assert outcome.title == "Checkout is down"
    made, more = declared(outcome)
    assert made == facts.Declared(
        at=NOW, by=CAROL, number=7, title="Checkout is down", severity=Severity.SEV1
    )
    assert more == []


@pytest.mark.parametrize("typed", ["declare", "declare "])
def test_the_word_alone_opens_an_empty_form(typed: str) -> None:
    view = form(say(typed))
    assert initial(view, "title") is None
    assert required(view) == {"title", "severity"}


@pytest.mark.parametrize(
    "title",
    ["Checkout is down", "search is down", "seven services fail", "sev is what?", "1 of 3 regions is down"],
)
def test_a_title_without_a_severity_is_taken_into_the_form(title: str) -> None:
    assert initial(form(say(f"declare {title}")), "title") == title


def test_whoever_cannot_tell_the_severity_starts_from_sev2() -> None:
    assert initial(form(say("declare Checkout is down")), "severity") == "2"


def test_a_severity_typed_without_a_title_is_chosen_in_the_form() -> None:
    view = form(say("declare sev1"))
    assert (initial(view, "title"), initial(view, "severity")) == (None, "1")


@pytest.mark.parametrize("typed", ["sev5 Checkout is down", "sev0", "SEV-9 Checkout", "sev12 Checkout"])
def test_a_severity_that_does_not_exist_is_told(typed: str) -> None:
    no = refusal(say(f"declare {typed}"))
    assert typed.split(maxsplit=1)[0] in no.message
    assert "sev1 (worst), sev2, sev3 and sev4" in no.message


def test_too_long_a_title_is_refused_before_a_number_is_spent() -> None:
    assert refusal(say("declare sev1 " + "x" * (TITLE_MAX + 1))).field == "title"


def test_the_menus_button_and_the_global_shortcut_open_the_empty_form() -> None:
    assert initial(form(press("declare")), "title") is None
    assert initial(form(use("declare")), "title") is None


def test_the_submitted_form_declares_what_it_says() -> None:
    made, more = declared(
        submit(
            "declare",
            title="Checkout is down",
            severity="3",
            summary="Half of all payments fail",
            private=["private"],
            commander=BOB,
        )
    )
    assert (made.severity, made.summary, made.private) == (Severity.SEV3, "Half of all payments fail", True)
    assert more == [facts.RoleAssigned(at=NOW, by=CAROL, role=Role.COMMANDER, person=BOB)]


def test_only_the_title_must_be_filled_in() -> None:
    made, more = declared(submit("declare", title="Checkout is down"))
    assert (made.severity, made.private, more) == (Severity.SEV2, False, [])


def test_an_app_cannot_be_commander() -> None:
    assert refusal(submit("declare", title="Checkout is down", commander=APP)).field == "commander"


@pytest.mark.parametrize(
    ("given", "field"),
    [({"title": "   "}, "title"), ({"title": "Checkout", "summary": "x" * (TEXT_MAX + 1)}, "summary")],
)
def test_a_mistake_is_told_at_its_field(given: dict[str, Any], field: str) -> None:
    assert refusal(submit("declare", **given)).field == field
    assert field in fields(form(press("declare")))


def marked(text: str) -> MarkedMessage:
    return MarkedMessage(channel="C1", ts="1.1", text=text)


def test_from_a_message_its_first_line_is_the_title_and_all_of_it_the_summary() -> None:
    text = "Checkout is down\nHalf of all payments fail"
    view = form(use("declare_from_message", message=marked(text)))
    assert (initial(view, "title"), initial(view, "summary")) == ("Checkout is down", text)


def test_a_message_of_one_line_needs_no_summary() -> None:
    view = form(use("declare_from_message", message=marked(" Checkout is down ")))
    assert (initial(view, "title"), initial(view, "summary")) == ("Checkout is down", None)


def test_of_a_long_line_nothing_is_lost() -> None:
    text = "Checkout is down " * 20
    view = form(use("declare_from_message", message=marked(text)))
    assert len(initial(view, "title") or "") <= TITLE_MAX
    assert initial(view, "summary") == text.strip()


@pytest.mark.parametrize("message", [marked(""), None])
def test_a_message_without_text_opens_the_empty_form(message: MarkedMessage | None) -> None:
    view = form(use("declare_from_message", message=message))
    assert (initial(view, "title"), initial(view, "summary")) == (None, None)


def test_the_message_it_came_from_is_linked_in_the_form_and_kept() -> None:
    link = "https://example.slack.com/archives/C1/p1"
    view = form(use("declare_from_message", message=marked("Checkout"), metadata={"link": link}))
    assert f"<{link}|this message>" in said(view)
    assert link in view["private_metadata"]


def told_elsewhere(metadata: dict[str, object], **fields: object) -> tuple[object, ...]:
    """What is shown besides what every declaration shows, of a form with this metadata."""
    given = request(fields={"title": "Checkout", **fields}, metadata=metadata)
    outcome = registry.FORMS["declare"].handle(given)
    assert isinstance(outcome, DeclareIncident)
    return outcome.more


@pytest.mark.parametrize(("thread", "answered"), [("", "1.1"), ("0.9", "0.9")])
def test_the_thread_of_that_message_is_told_where_the_war_room_is(thread: str, answered: str) -> None:
    message = MarkedMessage(channel="C1", ts="1.1", text="Checkout", thread=thread)
    view = form(use("declare_from_message", message=message))
    assert told_elsewhere(json.loads(view["private_metadata"])) == (AnswerSource("C1", answered),)


def test_of_a_private_incident_that_thread_hears_nothing() -> None:
    assert told_elsewhere({"message": ["C1", "1.1", ""]}, private=["private"]) == ()


def test_declared_from_no_message_there_is_no_thread_to_tell() -> None:
    view = form(press("declare"))
    assert told_elsewhere(json.loads(view["private_metadata"])) == ()


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("sev1: checkout", "checkout"),
        ("SEV1 - checkout", "checkout"),
        ("sev1-checkout", "checkout"),
        ("sev 1 checkout", "checkout"),
        ("s1 checkout", "checkout"),
        ("S1: checkout", "checkout"),
        ("severity 1 checkout", "checkout"),
        ("Severity 1 - checkout", "checkout"),
        ("checkout is down sev1", "checkout is down"),
        ("checkout is down (SEV1)", "checkout is down"),
        ("checkout is down, severity 1.", "checkout is down"),
        ("sev1\ncheckout is failing", "checkout is failing"),
        (
            "sev1 <@U0BOB|bob> broke <https://example.com/x|the site> in <#C1|ops>",
            "@Bob Brown broke https://example.com/x in #ops",
        ),
    ],
)
def test_one_line_is_read_as_people_write_it(typed: str, title: str) -> None:
    made, _ = declared(say(f"declare {typed}"))
    assert (made.severity, made.title) == (Severity.SEV1, title)


@pytest.mark.parametrize(
    "typed",
    [
        "S3 is down",
        "s3 is down",
        "several hosts are down",
        "1 host is down",
        "s1mple search fails",
        "passev1",
    ],
)
def test_a_title_that_only_looks_like_a_severity_is_a_title(typed: str) -> None:
    assert initial(form(say(f"declare {typed}")), "title") == typed


def test_a_short_severity_alone_is_chosen_in_the_form() -> None:
    view = form(say("declare s1"))
    assert (initial(view, "title"), initial(view, "severity")) == (None, "1")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("```\nTraceback (most recent call last):\n  File …\n```", "Traceback (most recent call last):"),
        ("\n\n  ---\n> Checkout is down", "Checkout is down"),
        ("```ValueError: no such shop```", "ValueError: no such shop"),
        ("*Checkout is down*\nmore", "Checkout is down"),
        ("```\n---\n```", None),
    ],
)
def test_the_title_from_a_message_is_its_first_line_with_words(text: str, title: str | None) -> None:
    view = form(use("declare_from_message", message=marked(text)))
    assert initial(view, "title") == title
    assert initial(view, "summary") == text.strip()


def test_in_a_title_every_reference_is_words() -> None:
    text = (
        "<@U0BOB> says <!subteam^S012ABC3D|@checkout-team> <!here> sees <http://example.com|example.com> fail"
    )
    title = "@Bob Brown says @checkout-team @here sees example.com fail"
    assert initial(form(use("declare_from_message", message=marked(text))), "title") == title
    assert declared(say(f"declare sev1 {text}"))[0].title == title
    assert declared(submit("declare", title=text))[0].title == title


def test_a_commander_whom_nobody_knows_is_refused_at_the_field() -> None:
    assert refusal(submit("declare", title="Down", severity="1", commander=STRANGER)).field == "commander"


def asked(outcome: Outcome) -> Reply | OpenForm:
    """The question that is asked where INC-42 was declared so before."""
    assert isinstance(outcome, DeclareIncident), outcome
    assert outcome.ask is not None
    return outcome.ask(before("Checkout is down"), "C0ROOM")


def test_the_same_words_again_are_asked_about_and_a_button_declares_another_one() -> None:
    question = asked(say("declare sev1 Checkout  is down"))
    assert isinstance(question, Reply)
    assert "*INC-42* Checkout is down (triage). Its war room is <#C0ROOM>" in reply(question)
    (button,) = question.message.blocks[-1]["elements"]
    again = press(button["action_id"], text=json.loads(button["value"])["text"])
    assert isinstance(again, DeclareIncident)
    assert again.ask is None
    made, _ = declared(again)
    assert (made.severity, made.title) == (Severity.SEV1, "Checkout is down")


def test_a_form_that_is_asked_about_keeps_all_that_it_said_and_declares_another_one_when_it_is_sent_again() -> (
    None
):
    given = {"title": "Checkout is down", "severity": "1", "summary": "Half of it"}
    sent = request(fields=given, metadata={"message": ["C1", "1.1", ""], "source": "https://example.com/p1"})
    question = asked(registry.FORMS["declare"].handle(sent))
    view = form(question)
    assert {name: initial(view, name) for name in given} == given
    assert "has already declared this" in said(view)
    again = registry.FORMS["declare"].handle(replace(sent, metadata=json.loads(view["private_metadata"])))
    assert isinstance(again, DeclareIncident)
    assert (again.ask, again.alike) == (None, ())


def test_a_message_counts_as_the_same_whoever_declares_from_it() -> None:
    sent = [
        registry.FORMS["declare"].handle(
            request(
                actor=actor, fields={"title": f"{actor} says so"}, metadata={"message": ["C1", "1.1", ""]}
            )
        )
        for actor in (BOB, CAROL)
    ]
    first, second = ({each.key for each in one.alike} for one in sent if isinstance(one, DeclareIncident))
    assert first & second == {"declared_from:C1:1.1"}


@pytest.mark.parametrize("text", ["", "sev1", "Checkout is down"])
def test_another_one_that_says_too_little_opens_the_form(text: str) -> None:
    assert required(form(press("declare_again", text=text))) == {"title", "severity"}
