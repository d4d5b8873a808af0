"""What somebody is told who comes later."""

from dataclasses import replace

from bot.incident.domain.vocabulary import Role
from bot.incident.views import newcomer
from tests.incident.commands.factory import POLICY
from tests.incident.domain.situations import BOB, CAROL, declared, later, resolved, updated, with_role
from tests.incident.views.reading import buttons, said

CARD = "https://acme.slack.com/archives/C1/p1700000000000100"


def test_a_newcomer_reads_state_command_update_promise_and_what_is_needed() -> None:
    incident = updated(declared(commander=BOB), at=later(5))
    message = newcomer.catchup(incident, POLICY, later(6), channel="C1", card=CARD)
    lines = said(message).split("\n")
    assert lines[0] == ":red_circle: *INC-42* Checkout is failing · <#C1>"
    assert lines[1].startswith("*SEV1*, triage, open for 6 min (since ")
    assert lines[2] == f"*Commander* <@{BOB}>"
    assert lines[3].startswith("*Latest update* <!date^")
    assert lines[3].endswith(": Half of all payments fail")
    assert lines[4].startswith("*Next update by* ")
    assert lines[5] == "*Needed* a scribe and somebody who informs others."
    assert f"The pinned card shows all of it (<{CARD}|link>)" in said(message)
    assert set(buttons(message)) == {"who"}


def test_what_is_missing_comes_in_the_order_of_urgency() -> None:
    message = newcomer.catchup(declared(), POLICY, later(60))
    told = said(message)
    assert "*Commander* nobody yet" in told
    assert "*Latest update* none yet" in told
    assert "*Update overdue since* " in told
    assert (
        "*Needed* somebody who takes command, an update, which is overdue, a scribe and somebody who informs others."
        in told
    )
    assert "The pinned card shows all of it" in told
    assert set(buttons(message)) == {"take_command", "who"}


def test_if_one_thing_or_nothing_is_missing_it_says_so() -> None:
    incident = with_role(declared(commander=BOB), Role.COMMUNICATIONS, CAROL)
    assert "*Needed* a scribe." in said(newcomer.catchup(incident, POLICY, later(1)))
    staffed = with_role(incident, Role.SCRIBE, CAROL)
    assert "nothing in particular: tell the commander" in said(newcomer.catchup(staffed, POLICY, later(1)))


def test_an_open_offer_of_command_and_the_source_are_shown() -> None:
    source = "https://acme.slack.com/archives/C1/p1"
    incident = replace(declared(commander=BOB, source=source), handoff_to=CAROL)
    told = said(newcomer.catchup(incident, POLICY, later(1)))
    assert f"*Commander* <@{BOB}> (<@{CAROL}> is asked to take over)" in told
    assert f"Declared from <{source}|this message>" in told


def test_a_closed_incident_needs_nothing_but_the_review() -> None:
    message = newcomer.catchup(resolved(), POLICY, later(60))
    assert "it is over. `/incident postmortem` drafts the review." in said(message)
    assert "Next update" not in said(message)
    assert set(buttons(message)) == {"who"}
