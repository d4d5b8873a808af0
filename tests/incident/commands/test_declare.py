"""Declaring in one line and with a form."""

from typing import Any

import pytest

from bot.incident.commands.request import DeclareIncident
from bot.incident.domain import facts
from bot.incident.domain.kinds import Kind
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.vocabulary import Role, Severity
from tests.incident.commands.factory import APP, STRANGER, declared, form, press, refusal, say, submit, use
from tests.incident.domain.situations import BOB, CAROL, NOW
from tests.incident.views.reading import fields, initial, required


def test_one_line_declares_at_once() -> None:
    outcome = say("declare SEV1 Checkout  is down")
    assert isinstance(outcome, DeclareIncident)
    assert outcome.title == "Checkout is down"
    made, more = declared(outcome)
    assert made == facts.Declared(
        at=NOW, by=CAROL, number=7, title="Checkout is down", severity=Severity.SEV1, kind=Kind.INCIDENT
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
def test_a_title_without_a_severity_opens_the_form_with_the_title(title: str) -> None:
    assert initial(form(say(f"declare {title}")), "title") == title


def test_without_a_severity_the_form_starts_with_sev2() -> None:
    assert initial(form(say("declare Checkout is down")), "severity") == "2"


def test_a_severity_typed_without_a_title_is_chosen_in_the_form() -> None:
    view = form(say("declare sev1"))
    assert (initial(view, "title"), initial(view, "severity")) == (None, "1")


@pytest.mark.parametrize("typed", ["sev5 Checkout is down", "sev0", "SEV-9 Checkout", "sev12 Checkout"])
def test_a_severity_that_does_not_exist_is_refused(typed: str) -> None:
    no = refusal(say(f"declare {typed}"))
    assert typed.split(maxsplit=1)[0] in no.message
    assert "sev1 (worst), sev2, sev3 and sev4" in no.message


def test_a_title_that_is_too_long_is_refused_before_a_number_is_used() -> None:
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
def test_a_mistake_is_shown_at_its_field(given: dict[str, Any], field: str) -> None:
    assert refusal(submit("declare", **given)).field == field
    assert field in fields(form(press("declare")))


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
def test_a_severity_is_read_in_the_ways_that_people_write_it(typed: str, title: str) -> None:
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
def test_a_title_that_only_looks_like_a_severity_stays_a_title(typed: str) -> None:
    assert initial(form(say(f"declare {typed}")), "title") == typed


def test_a_short_severity_alone_is_chosen_in_the_form() -> None:
    view = form(say("declare s1"))
    assert (initial(view, "title"), initial(view, "severity")) == (None, "1")


def test_an_unknown_commander_is_refused_at_the_field() -> None:
    assert refusal(submit("declare", title="Down", severity="1", commander=STRANGER)).field == "commander"
