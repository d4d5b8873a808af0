"""The request for command: asked, answered, and in the timeline."""

import json
from dataclasses import replace

import pytest

from bot.incident.domain import facts
from bot.incident.domain.present import Present
from bot.incident.domain.roles import DEFAULT_ROLES
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, RoleEndReason
from bot.incident.views import role_duties, takeover, who
from bot.incident.views.facts import sentence
from bot.incident.views.messages import fact_message
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared
from tests.incident.views.limits import fits
from tests.incident.views.reading import buttons, said

ASKED = facts.TakeoverAsked(at=NOW, by=CAROL, commander=BOB)
PASSED = facts.RoleAssigned(at=NOW, by=BOB, role=Role.COMMANDER, person=CAROL, previous=BOB)
KEPT = facts.TakeoverDeclined(at=NOW, by=BOB, to=CAROL)
TAKEN_BACK = facts.TakeoverDeclined(at=NOW, by=CAROL, to=CAROL)
INCIDENT = replace(declared(commander=BOB), takeover_by=CAROL)


def test_the_commander_is_called_and_whoever_asks_is_not() -> None:
    message = fact_message(Entry(7, ASKED), INCIDENT, {CAROL: "Carol Chen"})
    assert message.text == (
        f":raising_hand: Carol Chen asks <@{BOB}> to hand over command. Until <@{BOB}> answers, nothing changes."
    )
    assert "`/incident assign me commander force`" in said(message)
    pressed = buttons(message)
    assert set(pressed) == {"takeover_accept", "takeover_keep"}
    assert all(json.loads(each["value"]) == {"number": 42, "asker": CAROL} for each in pressed.values())
    fits(message)
    fits(fact_message(Entry(7, ASKED), INCIDENT, {CAROL: "<!channel> &" * 20}))


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (ASKED, f"<@{CAROL}> asked <@{BOB}> to hand over command"),
        (PASSED, f"<@{CAROL}> became Incident Commander, from <@{BOB}> (assigned by <@{BOB}>)"),
        (KEPT, f"<@{BOB}> kept command, for which <@{CAROL}> had asked"),
        (TAKEN_BACK, f"<@{CAROL}> took back the request for command"),
    ],
)
def test_the_timeline_has_request_and_answer(fact: facts.Fact, told: str) -> None:
    assert sentence(fact) == told


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (PASSED, f"<@{BOB}> has handed over to <@{CAROL}>"),
        (replace(PASSED, by=ALICE, person=ALICE, forced=True), f"not open any more: <@{ALICE}> has command"),
        (KEPT, f"<@{BOB}> keeps command"),
        (TAKEN_BACK, f"taken back by <@{CAROL}>"),
        (
            facts.RolesEnded(
                at=NOW, by=BOB, person=BOB, roles=(Role.COMMANDER,), why=RoleEndReason.UNASSIGNED
            ),
            "not open any more",
        ),
    ],
)
def test_a_request_that_was_answered_says_how_and_has_no_buttons(fact: facts.Fact, told: str) -> None:
    message = takeover.closed_request(fact)
    assert f"Request for command: {told} (" in message.text
    assert buttons(message) == {}


def test_the_answer_in_the_room_calls_whoever_had_asked() -> None:
    assert f"<@{CAROL}>" in fact_message(Entry(8, KEPT), INCIDENT, {BOB: "Bob Brown"}).text


def test_who_shows_that_somebody_asks_for_command() -> None:
    message = who.who(INCIDENT, DEFAULT_ROLES, Present(), ALICE, NOW)
    assert f"*Asks for command* <@{CAROL}>" in said(message)


def test_whoever_asked_for_command_is_not_asked_to_decline_it() -> None:
    assert role_duties.decline_button(INCIDENT, PASSED) == []
    assert role_duties.decline_button(INCIDENT, replace(PASSED, forced=True))
    assert role_duties.decline_button(INCIDENT, replace(PASSED, role=Role.SCRIBE))
