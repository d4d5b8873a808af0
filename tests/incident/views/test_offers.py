"""Offers of command in the war room: open, replaced and over."""

import pytest

from bot.core.text import when
from bot.incident.domain import facts
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role
from bot.incident.views import messages
from bot.incident.views.facts import sentence
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, declared
from tests.incident.views.reading import buttons, said

INCIDENT = declared(commander=BOB)


def test_an_offer_of_command_has_buttons_to_answer_it() -> None:
    happened = facts.HandoffOffered(at=NOW, by=BOB, to=CAROL)
    message = messages.fact_message(Entry(7, happened), INCIDENT, {})
    assert f"<@{BOB}> asks <@{CAROL}> to take over command" in said(message)
    assert f"<@{BOB}> stays in command" in said(message)
    assert set(buttons(message)) == {"handoff_accept", "handoff_decline"}
    assert sentence(happened) == f"<@{BOB}> offered command to <@{CAROL}>"


def test_an_offer_that_replaces_another_names_the_person_who_was_asked_before() -> None:
    happened = facts.HandoffOffered(at=NOW, by=BOB, to=CAROL, instead_of=ALICE)
    message = messages.fact_message(Entry(7, happened), INCIDENT, {})
    assert f"to take over command, instead of <@{ALICE}>." in said(message)
    assert sentence(happened).endswith(f"offered command to <@{CAROL}> instead of <@{ALICE}>")


@pytest.mark.parametrize(
    ("happened", "words"),
    [
        (
            facts.RoleAssigned(at=NOW, by=CAROL, role=Role.COMMANDER, person=CAROL, previous=BOB),
            f"accepted by <@{CAROL}>",
        ),
        (
            facts.RoleAssigned(
                at=NOW, by=ALICE, role=Role.COMMANDER, person=ALICE, previous=BOB, forced=True
            ),
            f"not open any more: <@{ALICE}> has command",
        ),
        (facts.HandoffDeclined(at=NOW, by=CAROL, to=CAROL), f"declined by <@{CAROL}>"),
        (facts.HandoffDeclined(at=NOW, by=BOB, to=CAROL), f"taken back by <@{BOB}>"),
        (facts.HandoffOffered(at=NOW, by=BOB, to=ALICE, instead_of=CAROL), f"<@{ALICE}> is asked instead"),
        (facts.Noted(at=NOW, by=BOB, author=BOB, text="Errors began"), "not open any more"),
    ],
)
def test_a_closed_offer_says_how_it_ended_and_has_no_buttons(happened: facts.Fact, words: str) -> None:
    message = messages.closed_offer(happened)
    assert said(message) == f":handshake: Offer of command: {words} ({when(NOW)})"
    assert buttons(message) == {}
