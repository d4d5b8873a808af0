"""Decisions: recorded, objected to, withdrawn, replaced; silence lets them stand."""

from datetime import timedelta

import pytest

from bot.core.actor import is_person
from bot.incident.domain import facts, rules
from bot.incident.domain.decisions import DecisionState, next_deadline
from bot.incident.domain.effects import ShowDecision, TellRoom
from bot.incident.domain.incident import Incident
from bot.incident.domain.react import react
from bot.incident.domain.rules import RISK_MAX, TEXT_MAX, Decision
from bot.incident.domain.rules.decisions import DECISIONS_MAX
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role
from bot.incident.views.facts import sentence
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    fact,
    later,
    minutes,
    refused,
    resolved,
)

COMMANDED = declared(commander=ALICE)


def deciding(incident: Incident = COMMANDED, text: str = "Fail over", **more: object) -> Decision:
    given: dict[str, object] = {"by": BOB, "now": NOW, "within": minutes(5), **more}
    return rules.decide(incident, text, **given)  # type: ignore[arg-type]  # passed on


def objecting(incident: Incident, number: int = 1, at: float = 1, reason: str = "Stale reads") -> Decision:
    return rules.object_to_decision(incident, number, reason, by=CAROL, now=later(at))


def withdrawing(incident: Incident, by: str = ALICE, at: float = 1) -> Decision:
    return rules.withdraw_decision(incident, 1, by=by, now=later(at))


DECIDED = after(COMMANDED, deciding())
OBJECTED = after(DECIDED, objecting(DECIDED))
STANDS = after(DECIDED, rules.let_decisions_stand(DECIDED, later(5)))
WITHDRAWN = after(DECIDED, withdrawing(DECIDED))
REPLACED = after(OBJECTED, deciding(OBJECTED, "Fail over at night", instead_of=1))


def states(incident: Incident) -> list[str]:
    return [each.state.value for each in incident.decisions]


def test_a_decision_waits_for_objections_for_the_chosen_time() -> None:
    incident = after(COMMANDED, deciding(risk=" Stale reads ", way_back="Fail back "))
    (decision,) = incident.decisions
    assert (decision.number, decision.text, decision.risk, decision.way_back, decision.by) == (
        1,
        "Fail over",
        "Stale reads",
        "Fail back",
        BOB,
    )
    assert (decision.state, decision.at, decision.until) == (DecisionState.PENDING, NOW, later(5))
    assert next_deadline(incident.decisions) == later(5)


def test_the_earliest_deadline_is_the_next_one() -> None:
    incident = after(DECIDED, deciding(DECIDED, within=minutes(2)))
    assert next_deadline(incident.decisions) == later(2)
    assert [next_deadline(each.decisions) for each in (OBJECTED, STANDS, WITHDRAWN, COMMANDED)] == [None] * 4


def test_silence_lets_a_decision_stand_from_the_promised_time_however_late_the_clock_asks() -> None:
    stands = fact(rules.let_decisions_stand(DECIDED, later(90)))
    assert (stands.at, is_person(stands.by)) == (later(5), False)
    assert states(after(DECIDED, (stands,))) == ["stands"]
    assert sentence(stands) == "Decision D1 stands: nobody objected in time"


def test_all_that_are_due_stand_and_no_others() -> None:
    incident = after(DECIDED, deciding(DECIDED, within=minutes(10)))
    incident = after(incident, deciding(incident, within=minutes(3)))
    assert states(after(incident, rules.let_decisions_stand(incident, later(5)))) == [
        "stands",
        "pending",
        "stands",
    ]
    assert "No decision" in refused(rules.let_decisions_stand(incident, later(2.9))).message


def test_a_decision_stands_though_the_incident_is_resolved() -> None:
    incident = resolved(DECIDED, later(2))
    assert states(after(incident, rules.let_decisions_stand(incident, later(5)))) == ["stands"]


@pytest.mark.parametrize("incident", [OBJECTED, STANDS, WITHDRAWN, REPLACED])
def test_only_a_pending_decision_stands_by_silence(incident: Incident) -> None:
    until = incident.decisions[0].until - timedelta(microseconds=1)
    assert "No decision" in refused(rules.let_decisions_stand(incident, until)).message


def test_an_objection_in_time_opens_the_decision_again() -> None:
    happened = fact(objecting(DECIDED, at=4.9))
    assert sentence(happened) == f"Strong objection to decision D1: Stale reads (by <@{CAROL}>)"
    (decision,) = after(DECIDED, (happened,)).decisions
    assert (decision.state, decision.objection, decision.objected_by) == (
        DecisionState.OBJECTED,
        "Stale reads",
        CAROL,
    )


def test_an_objection_at_the_deadline_is_too_late_even_if_the_clock_has_not_asked() -> None:
    for incident in (DECIDED, STANDS):
        why = refused(objecting(incident, at=5)).message
        assert why == (
            "The time for objections is over and D1 stands. "
            f"Ask <@{ALICE}> for a new decision: `/incident decision …`."
        )


def test_without_a_commander_a_late_objection_waits_for_whoever_takes_command() -> None:
    incident = after(declared(), deciding(declared()))
    assert "Ask whoever takes command" in refused(objecting(incident, at=5)).message


@pytest.mark.parametrize(
    ("incident", "why"),
    [
        (OBJECTED, f"D1 is open again already: <@{CAROL}> objected."),
        (WITHDRAWN, "D1 was withdrawn already."),
        (REPLACED, "D1 does not count any more: D2 replaced it."),
        (COMMANDED, "There is no decision D1 in INC-42"),
        (resolved(DECIDED), "INC-42 is resolved"),
    ],
)
def test_an_objection_to_anything_else_is_refused(incident: Incident, why: str) -> None:
    assert why in refused(objecting(incident)).message


def test_an_objection_says_why_and_not_too_much() -> None:
    assert "what would go wrong" in refused(objecting(DECIDED, reason=" ")).message
    assert "2501 characters" in refused(objecting(DECIDED, reason="x" * (TEXT_MAX + 1))).message


@pytest.mark.parametrize("by", [ALICE, BOB])
@pytest.mark.parametrize("incident", [DECIDED, OBJECTED])
def test_the_commander_or_the_person_who_recorded_it_withdraws_a_decision(
    incident: Incident, by: str
) -> None:
    happened = fact(withdrawing(incident, by))
    assert sentence(happened) == f"Decision D1 withdrawn (by <@{by}>)"
    assert states(after(incident, (happened,))) == ["withdrawn"]


def test_nobody_else_withdraws_it() -> None:
    why = refused(withdrawing(DECIDED, CAROL)).message
    assert why == f"Only <@{ALICE}> or <@{BOB}> can withdraw D1."


def test_without_a_commander_everybody_may_withdraw_it() -> None:
    incident = after(declared(), deciding(declared()))
    assert states(after(incident, withdrawing(incident, CAROL))) == ["withdrawn"]


@pytest.mark.parametrize(
    ("incident", "why"),
    [
        (STANDS, "D1 stands already. Ask"),
        (WITHDRAWN, "D1 was withdrawn already."),
        (REPLACED, "D2 replaced it."),
        (COMMANDED, "There is no decision D1"),
        (resolved(DECIDED), "INC-42 is resolved"),
    ],
)
def test_a_decision_that_stands_or_is_over_is_not_withdrawn(incident: Incident, why: str) -> None:
    assert why in refused(withdrawing(incident)).message


def test_a_decision_at_its_deadline_is_not_withdrawn() -> None:
    assert "D1 stands already" in refused(withdrawing(DECIDED, at=5)).message


def test_another_decision_may_replace_one_that_is_open_or_stands() -> None:
    for incident in (DECIDED, OBJECTED, STANDS):
        happened = fact(deciding(incident, "Wait", instead_of=1))
        assert sentence(happened) == f"Decision D2, instead of D1: Wait (recorded by <@{BOB}>)"
        assert states(after(incident, (happened,))) == ["replaced", "pending"]
    assert REPLACED.decisions[0].replaced_by == 2


@pytest.mark.parametrize(
    ("incident", "why"),
    [(WITHDRAWN, "withdrawn already"), (REPLACED, "D2 replaced it"), (COMMANDED, "no decision D1")],
)
def test_a_decision_that_is_over_is_not_replaced(incident: Incident, why: str) -> None:
    assert why in refused(deciding(incident, "Wait", instead_of=1)).message


def test_the_sentence_of_a_decision_has_its_risk_and_its_way_back() -> None:
    happened = fact(deciding(risk="Stale reads", way_back="Fail back"))
    assert sentence(happened) == (
        f"Decision D1: Fail over — Risk: Stale reads — Way back: Fail back (recorded by <@{BOB}>)"
    )


@pytest.mark.parametrize(
    ("given", "field", "why"),
    [
        ({"text": " "}, "text", "what is decided"),
        ({"text": "x" * (TEXT_MAX + 1)}, "text", "2501 characters"),
        ({"risk": "x" * (RISK_MAX + 1)}, "risk", "1001 characters"),
        ({"way_back": "x" * (RISK_MAX + 1)}, "way_back", "1001 characters"),
        ({"text": "&" * 1000, "risk": "&" * 1000}, "text", "10009 in all"),
        ({"within": timedelta(0)}, "within", "a day at most"),
        ({"within": timedelta(days=1, seconds=1)}, "within", "a day at most"),
    ],
)
def test_a_decision_that_cannot_be_shown_or_kept_is_refused(
    given: dict[str, object], field: str, why: str
) -> None:
    no = refused(deciding(**{"way_back": "Fail back", **given}))  # type: ignore[arg-type]  # passed on
    assert why in no.message
    assert no.field == field


def test_a_closed_incident_takes_no_decision() -> None:
    assert "INC-42 is resolved" in refused(deciding(resolved())).message


def test_decisions_have_an_end() -> None:
    incident = COMMANDED
    for _ in range(DECISIONS_MAX):
        incident = after(incident, deciding(incident))
    assert "more are not kept" in refused(deciding(incident)).message


def test_what_the_war_room_is_shown() -> None:
    first = fact(deciding())
    assert react(Entry(2, first), DECIDED) == (ShowDecision(2, 1),)
    assert react(Entry(3, fact(objecting(DECIDED))), OBJECTED) == (ShowDecision(3, 1), TellRoom(3))
    assert react(Entry(3, fact(withdrawing(DECIDED))), WITHDRAWN) == (ShowDecision(3, 1), TellRoom(3))
    stands = fact(rules.let_decisions_stand(DECIDED, later(5)))
    assert react(Entry(3, stands), STANDS) == (ShowDecision(3, 1),)
    second = fact(deciding(OBJECTED, instead_of=1))
    assert react(Entry(4, second), REPLACED) == (ShowDecision(4, 1), ShowDecision(4, 2))


def test_decisions_name_nobody_but_who_made_them() -> None:
    assert facts.people_in(fact(deciding())) == ()
    assert COMMANDED.holder(Role.COMMANDER) == ALICE
