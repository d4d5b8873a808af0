"""`/incident who`, `/incident catchup` and `/incident leave`."""

from dataclasses import replace

import pytest

from bot.incident.commands.registry import BUTTONS, COMMANDS
from bot.incident.commands.request import Reply
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.present import Present
from bot.incident.domain.vocabulary import Role
from tests.incident.commands.factory import change, press, refusal, request, say
from tests.incident.domain.situations import ALICE, BOB, CAROL, DAVE, declared, later, resolved, with_role
from tests.incident.views.reading import buttons, said

COMMANDED = with_role(declared(commander=BOB), Role.EXPERT, CAROL)


def _ask(word: str, incident: Incident, present: Present) -> Reply:
    asked = replace(request(incident=incident, now=later(12)), present=present)
    outcome = COMMANDS[word].action.handle(asked)
    assert isinstance(outcome, Reply)
    return outcome


def test_who_names_roles_since_when_and_who_is_there_without_one() -> None:
    message = _ask("who", COMMANDED, Present([ALICE, BOB, DAVE])).message
    told = said(message)
    assert f"*Incident Commander* <@{BOB}> since <!date^" in told
    assert "(12 min)" in told
    assert f"*Subject-Matter Expert* <@{CAROL}>" in told
    assert told.count("not in the war room") == 1
    assert "*Nobody yet* Deputy, Communications Lead, Operations Lead, Scribe, Customer Liaison" in told
    assert f"*Here without a role* <@{ALICE}>, <@{DAVE}>" in told
    assert set(buttons(message)) == {"roles", "leave"}  # Carol, who asks, holds a role


@pytest.mark.parametrize(
    ("present", "told"),
    [
        (Present(), "I do not know yet"),
        (Present([BOB, CAROL]), "Nobody is in the war room without"),
    ],
)
def test_who_says_if_nobody_else_is_there_or_known(present: Present, told: str) -> None:
    assert told in said(_ask("who", COMMANDED, present).message)


def test_who_offers_command_that_nobody_has() -> None:
    assert set(buttons(_ask("who", declared(), Present()).message)) == {"take_command", "roles"}


def test_who_of_a_closed_incident_offers_nothing() -> None:
    message = _ask("who", resolved(COMMANDED), Present([]))
    assert buttons(message.message) == {}
    assert "Nobody yet" not in said(message.message)
    assert "Nobody held a role at the end." in said(_ask("who", resolved(declared()), Present()).message)


def test_who_counts_the_people_of_a_crowd() -> None:
    crowd = Present([f"U{number}" for number in range(70)])
    assert "and 10 more" in said(_ask("who", declared(), crowd).message)


def test_who_is_asked_to_take_command_is_named_too() -> None:
    asked = replace(COMMANDED, handoff_to=DAVE)
    assert f"*Asked to take command* <@{DAVE}>" in said(_ask("who", asked, Present()).message)


def test_catchup_names_the_war_room() -> None:
    asked = replace(request(incident=COMMANDED), room="C1")
    outcome = COMMANDS["catchup"].action.handle(asked)
    assert isinstance(outcome, Reply)
    assert "· <#C1>" in said(outcome.message)


@pytest.mark.parametrize("word", ["leave", "step-down"])
def test_leave_ends_all_roles_of_whoever_types_it(word: str) -> None:
    ended = change(say(word, COMMANDED), COMMANDED)
    assert isinstance(ended, facts.RolesEnded)
    assert (ended.person, ended.roles) == (CAROL, (Role.EXPERT,))
    assert change(press("leave", COMMANDED), COMMANDED) == ended
    assert "hold no role" in refusal(say(word, COMMANDED, actor=ALICE), COMMANDED).message


def test_who_can_be_pressed_as_well_as_typed() -> None:
    assert BUTTONS["who"] == COMMANDS["who"].action
