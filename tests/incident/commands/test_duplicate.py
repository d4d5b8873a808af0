"""`/incident duplicate of INC-7`, and undoing that with `reopen`."""

from dataclasses import replace
from typing import Any

import pytest

from bot.core.decision import Refused
from bot.incident.commands import parsing, registry
from bot.incident.commands.request import ChangeBoth, Outcome
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.vocabulary import Status
from tests.incident.commands.factory import form, press, refusal, reply, request, say
from tests.incident.domain.situations import ALICE, CAROL, NOW, declared, resolved
from tests.incident.views.reading import fields, required

OPEN, ORIGINAL = declared(), declared("Payments fail", number=7)
LISTED = ListedIncident(ORIGINAL, "C7")


def typed(words: str, other: ListedIncident | None = LISTED, incident: Incident = OPEN) -> Outcome:
    """Type it, with the other incident loaded as the dispatcher does."""
    parsed = parsing.parse(words)
    assert parsed.command is not None
    return parsed.command.action.handle(replace(request(parsed.text, incident=incident), other=other))


def submitted(loaded: ListedIncident | None = LISTED, **filled_in: Any) -> Outcome:
    handle = registry.FORMS["duplicate"].handle
    return handle(replace(request(incident=OPEN, fields=filled_in), other=loaded))


def both(outcome: Outcome, original: Incident = ORIGINAL) -> tuple[facts.Fact, facts.Fact]:
    assert isinstance(outcome, ChangeBoth), outcome
    assert outcome.other == original.number
    decision = outcome.decide(OPEN, original)
    assert not isinstance(decision, Refused)
    ((here,), (there,)) = decision
    return here, there


@pytest.mark.parametrize(
    "words", ["duplicate of INC-7", "dup inc-7", "merge into INC 7", "dupe <INC-7>", "merge of 7"]
)
def test_the_other_incident_is_named_after_the_command(words: str) -> None:
    here, there = both(typed(words))
    assert here == facts.MarkedDuplicate(at=NOW, by=CAROL, old=Status.TRIAGE, of=7, room="C7")
    assert there == facts.DuplicateMerged(at=NOW, by=CAROL, number=42, title="Checkout is failing")


def test_a_link_to_the_other_war_room_names_it_too() -> None:
    assert parsing.named_other(request("of <#C7|inc-7-payments-fail>")) == 7


def test_an_incident_without_a_war_room_gives_no_link() -> None:
    here, _ = both(typed("duplicate of INC-7", ListedIncident(ORIGINAL, None)))
    assert isinstance(here, facts.MarkedDuplicate)
    assert here.room == ""


@pytest.mark.parametrize(
    "words", ["duplicate of payments", "duplicate of INC-1234567890", "duplicate pinc-7"]
)
def test_without_a_reference_the_person_is_told_how_to_name_it(words: str) -> None:
    assert "`/incident duplicate of INC-7`" in refusal(typed(words)).message


def test_an_incident_that_the_person_may_not_see_is_not_there() -> None:
    refused = refusal(typed("duplicate of INC-7", None))
    assert refused.message == "There is no INC-7 that you can see. `/incident list` shows the open ones."


def test_an_incident_is_no_duplicate_of_itself() -> None:
    assert refusal(typed("duplicate of INC-42", ListedIncident(OPEN, "C42"))).message == rules.ITSELF


def test_without_text_a_form_asks_of_which_incident() -> None:
    private = declared("Key leaked", number=8, private=True)
    listed = Shortlist([ListedIncident(each, "C1") for each in (OPEN, ORIGINAL, private)], 3)
    view = form(say("duplicate", OPEN, open_incidents=listed))
    (menu,) = [block for name, block in fields(view).items() if name == "other"]
    assert [each["value"] for each in menu["element"]["options"]] == ["7"]
    assert required(view) == set()


def test_if_no_other_incident_is_open_the_form_asks_for_a_reference() -> None:
    view = form(press("duplicate", OPEN))
    assert (set(fields(view)), required(view)) == ({"reference", "reason"}, {"reference"})


def test_the_form_closes_the_duplicate_with_a_reason() -> None:
    filled: list[dict[str, Any]] = [{"other": "7"}, {"reference": "it is INC-7"}, {"reference": " 7 "}]
    for filled_in in filled:
        here, _ = both(submitted(**filled_in, reason="Same error"))
        assert isinstance(here, facts.MarkedDuplicate)
        assert here.reason == "Same error"


@pytest.mark.parametrize("filled_in", [{}, {"other": "x"}, {"other": "9" * 10}, {"reference": "payments"}])
def test_a_form_without_a_reference_is_refused_at_its_field(filled_in: dict[str, str]) -> None:
    assert refusal(submitted(None, **filled_in)).field == "reference"


@pytest.mark.parametrize("words", ["duplicate"])
def test_a_closed_incident_is_no_duplicate(words: str) -> None:
    assert "INC-42 is resolved" in refusal(say(words, resolved()), resolved()).message


def test_reopen_undoes_it_in_both_incidents() -> None:
    marked, merged = both(typed("duplicate of INC-7"))
    duplicate, original = evolve(OPEN, marked), evolve(ORIGINAL, merged)
    outcome = say("reopen another error", duplicate)
    assert isinstance(outcome, ChangeBoth)
    assert outcome.other == 7
    decision = outcome.decide(duplicate, original)
    assert not isinstance(decision, Refused)
    assert decision[1] == (facts.DuplicateReopened(at=NOW, by=CAROL, number=42, reason="another error"),)


def test_the_status_command_names_the_command_instead() -> None:
    assert "duplicate INC-42 of INC-" in refusal(say("status duplicate", OPEN), OPEN).message


def test_help_says_what_it_is_for() -> None:
    assert "another one is about the same problem" in reply(say("help", actor=ALICE))
    assert "Either both are private or neither" in reply(say("help duplicate"))
