"""`/incident kind`, and the words that declare a drill."""

import pytest

from bot.incident.commands import registry
from bot.incident.commands.declare import is_complete
from bot.incident.commands.request import ChangeIncident
from bot.incident.domain.kinds import Kind
from bot.incident.domain.permissions import Capability
from bot.incident.domain.vocabulary import Severity
from tests.incident.commands.factory import declared as declaration
from tests.incident.commands.factory import form, refusal, reply, request, say, submit
from tests.incident.domain.situations import after, declared
from tests.incident.views.reading import fields, initial, said

DRILL = "Drill: a region fails"


def kind_of(view: dict[str, object]) -> bool:
    return "initial_options" in fields(view)["drill"]["element"]


def test_alone_it_says_what_it_is() -> None:
    assert reply(say("kind", declared())) == "INC-42 is a real incident: Checkout is failing"
    assert reply(say("kind", declared(DRILL))) == "INC-42 is a drill: Drill: a region fails"


@pytest.mark.parametrize("typed", ["incident", "real", "Real incident"])
def test_it_is_corrected_in_a_word(typed: str) -> None:
    before = declared(DRILL)
    outcome = say(f"kind {typed}", before)
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done is not None
    now = after(before, outcome.decide(before))
    assert said(outcome.done(now)) == "INC-42 is a real incident: a region fails"
    assert not now.is_drill


def test_a_word_that_is_no_kind_is_told_with_what_there_is() -> None:
    assert (
        "I do not know the kind “near miss”: write `/incident kind drill`"
        in refusal(say("kind near miss", declared())).message
    )


def test_only_who_corrects_it_must_be_allowed_to_change_the_incident() -> None:
    action = registry.COMMANDS["kind"].action
    assert action.needed(request("")) == (Capability.READ,)
    assert action.needed(request("drill")) == (Capability.CHANGE,)


@pytest.mark.parametrize(
    "typed",
    [
        "drill sev2 a region fails",
        "Drill: sev2 a region fails",
        "drill: a region fails sev2",
        "sev2 Drill: a region fails",
        "sev2 a region fails --drill",
        "—drill s2 a region fails",
    ],
)
def test_a_drill_is_declared_in_one_line(typed: str) -> None:
    assert is_complete(request(typed))
    made, _ = declaration(say(f"declare {typed}"))
    assert (made.title, made.severity, made.kind) == (DRILL, Severity.SEV2, Kind.DRILL)


def test_a_title_about_a_drill_declares_none() -> None:
    made, _ = declaration(say("declare sev2 drill press is broken"))
    assert (made.title, made.kind) == ("drill press is broken", Kind.INCIDENT)
    assert not kind_of(form(say("declare drill press is broken")))


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("drill", None),
        ("Drill: a region fails", "a region fails"),
        ("drill sev2", None),
        ("a region fails --drill", "a region fails"),
    ],
)
def test_what_is_missing_is_asked_for_with_the_box_ticked(typed: str, title: str | None) -> None:
    view = form(say(f"declare {typed}"))
    assert kind_of(view)
    assert initial(view, "title") == title


def test_the_box_in_the_form_declares_a_drill() -> None:
    made, _ = declaration(submit("declare", title="a region fails", severity="2", drill=["drill"]))
    assert (made.title, made.kind) == (DRILL, Kind.DRILL)
    assert not kind_of(form(say("declare a region fails")))
    assert refusal(submit("declare", title=" ", severity="2", drill=["drill"])).field == "title"


def test_a_drill_that_is_over_says_so_too() -> None:
    assert (
        initial(form(submit("declare", title="a region fails", drill=["drill"], over=["over"])), "title")
        == DRILL
    )
    view = form(say("declare drill sev2 a region fails --resolved"))
    assert initial(view, "title") == DRILL
