"""The severity form asks for the impact and proposes a level; the person decides."""

from dataclasses import replace

from bot.incident.commands import registry
from bot.incident.domain import facts
from bot.incident.domain.vocabulary import Severity
from tests.incident.commands.factory import POLICY, change, form, press, request, submit
from tests.incident.domain.situations import CAROL, NOW, declared
from tests.incident.views.reading import fields, initial, objects, required, said

OPEN = declared()
ANSWERS = {"impact_0": "0", "impact_1": "2", "impact_2": "1"}  # customers, some, a main feature


def test_the_form_asks_for_the_impact_and_needs_no_answer() -> None:
    view = form(press("severity", OPEN))
    asked = [block["label"]["text"] for name, block in fields(view).items() if name.startswith("impact_")]
    assert asked == [each.question for each in POLICY.questions]
    assert len(asked) == 4
    assert required(view) == {"severity"}
    assert "Answer what you know, and a severity is proposed here." in said(view)


def test_every_answer_is_told_at_once() -> None:
    told = [block for block in form(press("severity", OPEN))["blocks"] if block.get("dispatch_action")]
    assert {block["element"]["action_id"] for block in told} == {"impact"}
    assert len({block["block_id"] for block in told}) == len(told) == 4
    assert "impact" in registry.BUTTONS


def test_the_worst_answer_proposes_the_severity() -> None:
    view = form(press("impact", OPEN, fields=ANSWERS))
    assert "Proposed: *SEV2*. A main feature fails for many customers. You decide." in said(view)
    assert initial(view, "severity") == "1"
    leaked = form(press("impact", OPEN, fields={**ANSWERS, "impact_3": "0"}))
    assert "Proposed: *SEV1*" in said(leaked)


def test_what_was_chosen_counts_and_the_answers_are_recorded() -> None:
    made = change(submit("severity", OPEN, severity="3", reason="EU only", **ANSWERS), OPEN)
    assert made == facts.SeverityChanged(
        at=NOW,
        by=CAROL,
        old=Severity.SEV1,
        new=Severity.SEV3,
        reason="EU only",
        impact=(
            "Who is affected? Customers",
            "How many of them? Some",
            "What fails for them? A main feature",
        ),
    )


def test_a_forged_answer_is_no_answer() -> None:
    for forged in ("99", "-1", "x", "٣x"):
        view = form(press("impact", OPEN, fields={"impact_0": forged, "impact_7": "0"}))
        assert "a severity is proposed here" in said(view)


def test_a_policy_without_questions_asks_for_the_severity_only() -> None:
    quiet = replace(request(incident=OPEN), policy=replace(POLICY, questions=()))
    view = form(registry.BUTTONS["severity"].handle(quiet))
    assert set(fields(view)) == {"severity", "reason"}
    assert not [each for each in objects(view) if each.get("dispatch_action")]
