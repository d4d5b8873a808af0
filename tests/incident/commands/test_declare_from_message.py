"""Declaring from a message: its title, its summary, its link and its thread."""

import json

import pytest

from bot.incident.commands import registry
from bot.incident.commands.request import DeclareIncident, MarkedMessage
from bot.incident.domain.effects import AnswerSource
from bot.incident.domain.rules import TITLE_MAX
from tests.incident.commands.factory import declared, form, press, request, say, submit, use
from tests.incident.views.reading import initial, said


def marked(text: str) -> MarkedMessage:
    return MarkedMessage(channel="C1", ts="1.1", text=text)


def test_the_first_line_of_a_message_is_the_title_and_the_whole_message_the_summary() -> None:
    text = "Checkout is down\nHalf of all payments fail"
    view = form(use("declare_from_message", message=marked(text)))
    assert (initial(view, "title"), initial(view, "summary")) == ("Checkout is down", text)


def test_a_message_of_one_line_needs_no_summary() -> None:
    view = form(use("declare_from_message", message=marked(" Checkout is down ")))
    assert (initial(view, "title"), initial(view, "summary")) == ("Checkout is down", None)


def test_a_long_line_is_kept_in_full_in_the_summary() -> None:
    text = "Checkout is down " * 20
    view = form(use("declare_from_message", message=marked(text)))
    assert len(initial(view, "title") or "") <= TITLE_MAX
    assert initial(view, "summary") == text.strip()


@pytest.mark.parametrize("message", [marked(""), None])
def test_a_message_without_text_opens_the_empty_form(message: MarkedMessage | None) -> None:
    view = form(use("declare_from_message", message=message))
    assert (initial(view, "title"), initial(view, "summary")) == (None, None)


def test_the_link_to_the_message_is_in_the_form_and_kept() -> None:
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
def test_the_thread_of_the_message_gets_the_link_to_the_war_room(thread: str, answered: str) -> None:
    message = MarkedMessage(channel="C1", ts="1.1", text="Checkout", thread=thread)
    view = form(use("declare_from_message", message=message))
    assert told_elsewhere(json.loads(view["private_metadata"])) == (AnswerSource("C1", answered),)


def test_a_private_incident_posts_nothing_in_that_thread() -> None:
    assert told_elsewhere({"message": ["C1", "1.1", ""]}, private=["private"]) == ()


def test_without_a_message_no_thread_gets_a_link() -> None:
    view = form(press("declare"))
    assert told_elsewhere(json.loads(view["private_metadata"])) == ()


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


def test_in_a_title_every_reference_becomes_text() -> None:
    text = (
        "<@U0BOB> says <!subteam^S012ABC3D|@checkout-team> <!here> sees <http://example.com|example.com> fail"
    )
    title = "@Bob Brown says @checkout-team @here sees example.com fail"
    assert initial(form(use("declare_from_message", message=marked(text))), "title") == title
    assert declared(say(f"declare sev1 {text}"))[0].title == title
    assert declared(submit("declare", title=text))[0].title == title
