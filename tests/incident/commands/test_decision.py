"""`/incident decision`, its buttons and forms, and `/incident decisions`."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.incident.commands import registry
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident
from tests.incident.commands.factory import POLICY, change, form, press, refusal, reply, request, say
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, declared, later, minutes, resolved
from tests.incident.views.reading import fields, initial, required, said

OPEN = declared(commander=ALICE)
ABOUT_D1 = {"number": 42, "decision": 1}


def decided(incident: Incident = OPEN, **more: Any) -> Incident:
    decision = rules.decide(
        incident, "Fail over", risk="Stale reads", by=BOB, now=NOW, within=minutes(5), **more
    )
    return after(incident, decision)


DECIDED = decided()
OBJECTED = after(DECIDED, rules.object_to_decision(DECIDED, 1, "It lags", by=CAROL, now=later(1)))
STANDS = after(DECIDED, rules.let_decisions_stand(DECIDED, later(5)))


def submit(callback_id: str, incident: Incident, metadata: dict[str, Any], **typed: str) -> Any:
    return registry.FORMS[callback_id].handle(
        request(incident=incident, fields=typed, metadata={"number": 42, **metadata})
    )


def test_a_typed_decision_has_the_usual_time_for_objections_and_no_risk() -> None:
    assert change(say("decision Fail over", OPEN), OPEN) == facts.Decided(
        at=NOW, by=CAROL, number=1, text="Fail over", until=NOW + POLICY.objection_window
    )


def test_without_text_a_form_asks_for_everything() -> None:
    for outcome in (say("decision", OPEN), press("decision", OPEN)):
        view = form(outcome)
        assert list(fields(view)) == ["text", "risk", "way_back", "within"]
        assert required(view) == {"text", "within"}
        assert initial(view, "within") == "300"
        assert "replaces" not in said(view)


def test_the_form_offers_short_and_long_times_and_the_usual_one_of_the_policy() -> None:
    odd = replace(POLICY, objection_window=timedelta(minutes=7))
    view = form(registry.BUTTONS["decision"].handle(replace(request(incident=OPEN), policy=odd)))
    choices = fields(view)["within"]["element"]["options"]
    assert [int(each["value"]) // 60 for each in choices] == [1, 2, 5, 7, 10, 15, 30, 60]
    assert initial(view, "within") == "420"


def test_the_form_records_all_that_was_given() -> None:
    outcome = submit(
        "decision", OPEN, {}, text="Fail over", risk="Stale reads", way_back="Fail back", within="600"
    )
    assert change(outcome, OPEN) == facts.Decided(
        at=NOW,
        by=CAROL,
        number=1,
        text="Fail over",
        risk="Stale reads",
        way_back="Fail back",
        until=later(10),
    )


@pytest.mark.parametrize("within", ["", "soon", "-5", "²", "9" * 300])
def test_a_forged_time_for_objections_is_the_usual_one(within: str) -> None:
    outcome = submit("decision", OPEN, {}, text="Fail over", within=within)
    decided = change(outcome, OPEN)
    assert isinstance(decided, facts.Decided)
    assert decided.until == later(5)


@pytest.mark.parametrize("within", ["0", "86401"])
def test_a_forged_time_that_is_too_long_or_none_is_refused(within: str) -> None:
    outcome = submit("decision", OPEN, {}, text="Fail over", within=within)
    assert "a day at most" in refusal(outcome, OPEN).message


def test_a_new_decision_begins_with_the_words_of_the_one_that_it_replaces() -> None:
    view = form(press("decision", OBJECTED, metadata=ABOUT_D1))
    assert [initial(view, name) for name in ("text", "risk", "way_back")] == [
        "Fail over",
        "Stale reads",
        None,
    ]
    assert "It replaces D1." in said(view)
    outcome = submit("decision", OBJECTED, ABOUT_D1, text="Fail over at night", within="300")
    decided = change(outcome, OBJECTED)
    assert isinstance(decided, facts.Decided)
    assert (decided.number, decided.instead_of) == (2, 1)


def test_a_decision_that_is_over_is_not_decided_again_by_an_old_button() -> None:
    replaced = decided(OBJECTED, instead_of=1)
    assert "D2 replaced it" in refusal(press("decision", replaced, metadata=ABOUT_D1)).message


def test_no_form_opens_for_a_closed_incident() -> None:
    over = resolved(DECIDED)
    for outcome in (say("decision", over), press("decision", over)):
        assert "INC-42 is resolved" in refusal(outcome).message
    assert "INC-42 is resolved" in refusal(press("decision_object", over, metadata=ABOUT_D1)).message


def test_an_objection_asks_why() -> None:
    view = form(press("decision_object", DECIDED, metadata=ABOUT_D1, now=later(4)))
    assert required(view) == {"reason"}
    assert ">Fail over" in said(view)
    outcome = submit("decision_object", DECIDED, ABOUT_D1, reason="The replica lags")
    assert change(outcome, DECIDED) == facts.Objected(at=NOW, by=CAROL, number=1, reason="The replica lags")


@pytest.mark.parametrize("incident", [DECIDED, STANDS])
def test_a_late_objection_is_told_what_to_do_instead(incident: Incident) -> None:
    told = reply(press("decision_object", incident, metadata=ABOUT_D1, now=later(5)))
    assert f"D1 stands. Ask <@{ALICE}> for a new decision" in told
    assert "New decision" in told


def test_a_second_objection_is_told_of_the_first_one() -> None:
    told = reply(press("decision_object", OBJECTED, metadata=ABOUT_D1))
    assert f"<@{CAROL}> objected" in told
    assert "New decision" not in told


def test_the_commander_withdraws_a_decision() -> None:
    outcome = press("decision_withdraw", DECIDED, metadata=ABOUT_D1, actor=ALICE)
    assert change(outcome, DECIDED) == facts.DecisionWithdrawn(at=NOW, by=ALICE, number=1)
    assert "Only" in refusal(press("decision_withdraw", DECIDED, metadata=ABOUT_D1), DECIDED).message


@pytest.mark.parametrize("number", [None, 7, "1", True, 1.0])
def test_buttons_and_forms_about_no_decision_change_nothing(number: object) -> None:
    about = {"number": 42, "decision": number}
    outcomes = [press(name, DECIDED, metadata=about) for name in ("decision_object", "decision_withdraw")]
    outcomes.append(submit("decision_object", DECIDED, about, reason="x"))
    for outcome in outcomes:
        assert "no longer know which decision" in refusal(outcome).message


def test_decisions_are_listed_with_what_became_of_them() -> None:
    incident = decided(OBJECTED, instead_of=1)
    incident = decided(incident)
    incident = after(incident, rules.withdraw_decision(incident, 3, by=ALICE, now=NOW))
    incident = decided(incident)
    incident = after(incident, rules.object_to_decision(incident, 4, "No", by=CAROL, now=NOW))
    incident = after(decided(incident), rules.let_decisions_stand(incident, later(5)))
    listed = reply(say("decisions", incident))
    for words in (
        "*D5* Fail over — stands at ",
        f"*D4* Fail over — open again: <@{CAROL}> objected",
        "*D3* Fail over — withdrawn",
        "*D2* Fail over — stands since ",
        "*D1* Fail over — replaced by D2",
        "Objection: It lags",
    ):
        assert words in listed
    assert listed.index("*D5*") < listed.index("*D1*")


def test_without_decisions_the_list_says_how_to_record_one() -> None:
    assert "`/incident decision" in reply(say("decisions", OPEN))
