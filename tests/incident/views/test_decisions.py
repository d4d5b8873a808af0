"""What people read of a decision, and what they can press."""

from typing import Any

import pytest

from bot.core.blocks import Message
from bot.core.text import clock
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role
from bot.incident.views import decisions
from bot.incident.views.brief import brief
from bot.incident.views.messages import fact_message
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, declared, fact, later, minutes
from tests.incident.views.reading import buttons, said

NAMES = {BOB: "Bob Brown", CAROL: "Carol Chen"}
COMMANDED = declared(commander=ALICE)
TAKEN = facts.RoleAssigned(at=NOW, by=ALICE, role=Role.COMMANDER, person=ALICE)


def decided(incident: Incident = COMMANDED, by: str = BOB, **more: Any) -> Incident:
    return after(incident, rules.decide(incident, "Fail over", by=by, now=NOW, within=minutes(5), **more))


def shown(incident: Incident, number: int = 1) -> Message:
    return decisions.decision(incident.decisions[number - 1], incident, NAMES)


DECIDED = decided(risk="Stale reads", way_back="Fail back")
OBJECTION = rules.object_to_decision(DECIDED, 1, "The replica lags", by=CAROL, now=later(1))
OBJECTED = after(DECIDED, OBJECTION)


def test_the_war_room_reads_the_decision_its_risk_its_way_back_and_until_when_to_object() -> None:
    assert said(shown(DECIDED)) == (
        ":scales: *Decision D1*\n>Fail over\n*Risk*\n>Stale reads\n*Way back*\n>Fail back\n"
        f"Recorded by Bob Brown · <@{ALICE}> has command and decides\n"
        f"Stands at {clock(later(5))} unless somebody strongly objects.\nStrong objection\nWithdraw"
    )


def test_what_was_not_given_is_left_out() -> None:
    text = said(shown(decided()))
    assert "Risk" not in text
    assert "Way back" not in text


@pytest.mark.parametrize(
    ("incident", "words"),
    [
        (decided(by=ALICE), f"Decided by <@{ALICE}>, who has command"),
        (decided(declared()), "Recorded by Bob Brown · nobody has command"),
    ],
)
def test_the_war_room_reads_who_decides(incident: Incident, words: str) -> None:
    assert words in said(shown(incident))


def test_buttons_name_the_incident_and_the_decision() -> None:
    values = {each["value"] for each in buttons(shown(DECIDED)).values()}
    assert values == {'{"number": 42, "decision": 1}'}
    assert set(buttons(shown(DECIDED))) == {"decision_object", "decision_withdraw"}


def test_after_an_objection_it_can_be_decided_again_or_withdrawn() -> None:
    text = said(shown(OBJECTED))
    assert ":scales: *Decision D1* is *open again*" in text
    assert f"*Strong objection* by <@{CAROL}>\n>The replica lags" in text
    assert "Stands at" not in text
    assert set(buttons(shown(OBJECTED))) == {"decision", "decision_withdraw"}


def test_once_it_is_over_nothing_can_be_pressed() -> None:
    stands = after(DECIDED, rules.let_decisions_stand(DECIDED, later(5)))
    withdrawn = after(OBJECTED, rules.withdraw_decision(OBJECTED, 1, by=ALICE, now=NOW))
    replaced = decided(OBJECTED, instead_of=1)
    for incident, words in (
        (stands, f"*stands* since {clock(later(5))}: nobody objected"),
        (withdrawn, "*withdrawn*"),
        (replaced, "*replaced* by D2"),
    ):
        assert words in said(shown(incident))
        assert "Recorded by Bob Brown" in said(shown(incident))
        assert "decides" not in said(shown(incident))
        assert not buttons(shown(incident))


def objection(incident: Incident, by: str = CAROL) -> Message:
    happened = facts.Objected(at=NOW, by=by, number=1, reason="The replica lags")
    return fact_message(Entry(3, happened), incident, NAMES)


def test_an_objection_calls_the_commander() -> None:
    message = objection(OBJECTED)
    assert said(message) == (
        ":raised_hand: *Strong objection to D1* by Carol Chen\n>The replica lags\n"
        f"<@{ALICE}>: D1 is open again. Decide again, or withdraw it.\nDecide again\nWithdraw"
    )


def test_without_a_commander_an_objection_calls_whoever_recorded_the_decision() -> None:
    incident = decided(declared())
    incident = after(incident, rules.object_to_decision(incident, 1, "It lags", by=CAROL, now=NOW))
    assert f"<@{BOB}>: D1 is open again" in said(objection(incident))


def test_a_commander_who_objects_is_not_called() -> None:
    assert "\nD1 is open again" in said(objection(OBJECTED, by=ALICE))


def test_an_objection_that_is_told_late_has_no_buttons_for_a_decision_that_is_over() -> None:
    withdrawn = after(OBJECTED, rules.withdraw_decision(OBJECTED, 1, by=ALICE, now=NOW))
    assert not buttons(objection(withdrawn))
    assert "open again" not in said(objection(withdrawn))


def test_the_war_room_reads_of_a_withdrawn_decision() -> None:
    happened = fact(rules.withdraw_decision(OBJECTED, 1, by=BOB, now=NOW))
    message = fact_message(Entry(4, happened), OBJECTED, NAMES)
    assert said(message) == ":scales: *Decision D1 withdrawn* by Bob Brown: Fail over"


def test_the_brief_of_a_new_commander_begins_with_what_is_undecided(policy: Policy) -> None:
    incident = after(DECIDED, rules.let_decisions_stand(DECIDED, later(5)))
    incident = decided(incident)
    incident = after(decided(incident), rules.withdraw_decision(decided(incident), 3, by=ALICE, now=NOW))
    incident = after(incident, rules.park(incident, "Is it the DNS?", by=BOB, now=NOW))
    text = said(brief(incident, TAKEN, policy, None, later(6)))
    assert "*Decisions* (all: `/incident decisions`)\n*D2* Fail over — stands at" in text
    assert text.index("*D2*") < text.index("*D1*")
    assert "*D3*" not in text
    assert "*Parked for the postmortem* (all: `/incident park`)\n*P1* Is it the DNS?" in text


def test_a_brief_without_decisions_and_parked_thoughts_does_not_speak_of_them(policy: Policy) -> None:
    incident = after(declared(), rules.park(declared(), "DNS?", by=BOB, now=NOW))
    incident = after(incident, rules.unpark(incident, 1, by=BOB, now=NOW))
    text = said(brief(incident, TAKEN, policy, None, later(6)))
    assert "Decisions" not in text
    assert "Parked" not in text
