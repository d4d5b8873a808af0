"""A drill tries out an action item that was to make something noticed sooner."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.core.decision import Refused
from bot.followup.domain import facts, rehearsing, rules
from bot.followup.domain.action_item import ActionItem, evolve
from bot.followup.domain.listing import ListedItem
from bot.followup.domain.vocabulary import Kind
from bot.followup.views import rehearsals, rows
from bot.incident.commands.registry import BUTTONS, FORMS
from bot.incident.commands.request import Outcome, Write
from bot.incident.domain.incident import Incident
from bot.incident.domain.kinds import Kind as IncidentKind
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import TITLE_MAX, declare
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.card import card
from tests.followup.domain.items import TODAY, item
from tests.incident.commands.factory import declared as declaration
from tests.incident.commands.factory import form, refusal, request
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, declared, later, resolved
from tests.incident.views.reading import buttons, said

DONE = evolve(replace(item(), kind=Kind.DETECT), facts.ActionItemDone(at=NOW, by=BOB, proof="it is deployed"))
DRILL = after(
    None,  # type: ignore[arg-type]  # the first fact needs no state
    declare(number=7, title="Drill: lag", severity=Severity.SEV3, by=ALICE, now=NOW, rehearses=1),
)

FOUR_LATER = later(4)


def act(where: Any, name: str, about: Incident, loaded: ActionItem | None = DONE, **more: Any) -> Outcome:
    found = ListedItem(loaded, "Bob Brown") if loaded else None
    outcome: Outcome = where[name].handle(replace(request(incident=about, **more), loaded=found))
    return outcome


def recorded(outcome: Outcome, on: ActionItem = DONE) -> tuple[ActionItem, str] | Refused:
    """The item after it, and what the person is told."""
    assert isinstance(outcome, Write), outcome
    assert (outcome.subject, outcome.number) == ("action item", 1)
    decided = outcome.decide(on)
    if isinstance(decided, Refused):
        return decided
    for fact in decided:
        on = evolve(on, fact)
    return on, said(outcome.done(on))


def noticed(at: datetime = FOUR_LATER, how: str = "the alert  on lag", on: ActionItem = DONE) -> Any:
    fields = {"at": str(int(at.timestamp())), "how": how}
    return recorded(act(FORMS, "rehearsal_noticed", DRILL, on, fields=fields, now=later(10)), on)


def test_only_what_is_done_and_detects_has_the_button() -> None:
    assert "action_rehearse" in str(rows.buttons(ListedItem(DONE)))
    assert "action_rehearse" not in str(rows.buttons(ListedItem(replace(DONE, kind=Kind.PREVENT))))
    assert "action_rehearse" not in str(rows.buttons(ListedItem(replace(item(), kind=Kind.DETECT))))
    forged = act(BUTTONS, "action_rehearse", resolved(), item())
    assert "ACT-1 cannot be rehearsed: only what is done" in refusal(forged).message
    again = act(FORMS, "action_rehearse", resolved(), item(), fields={"inject": "x"})
    assert "cannot be rehearsed" in refusal(again).message


def test_the_button_asks_what_is_simulated() -> None:
    view = form(act(BUTTONS, "action_rehearse", resolved()))
    assert "What is simulated?" in said(view)
    assert json.loads(view["private_metadata"]) == {"number": 42, "item": 1}


def test_the_form_declares_a_drill_that_says_what_is_simulated(policy: Policy) -> None:
    outcome = act(FORMS, "action_rehearse", resolved(), fields={"inject": "replication is paused"})
    made, more = declaration(outcome)
    assert more == []
    assert (made.title, made.kind) == ("Drill: Add an alert on replica lag", IncidentKind.DRILL)
    assert (made.rehearses, made.severity, made.private) == (1, Severity.SEV1, False)
    assert made.summary == "Simulated: replication is paused\nIt tries out ACT-1: Add an alert on replica lag"
    shown = said(card(DRILL, policy))
    assert "*This drill tries out ACT-1.* What is simulated is in the summary. Was it noticed?" in shown
    assert {"rehearsal_noticed", "rehearsal_missed"} <= set(buttons(card(DRILL, policy)))
    assert "rehearsal" not in str(card(declared(), policy).blocks)


def test_the_drill_of_a_private_incident_is_private() -> None:
    private = act(FORMS, "action_rehearse", declared(private=True), fields={"inject": "x"})
    assert declaration(private)[0].private


@pytest.mark.parametrize(
    ("inject", "why"), [(" ", "Say what is simulated"), ("x" * 5000, "at most 2500 fit")]
)
def test_what_cannot_be_declared_is_refused_in_the_form(inject: str, why: str) -> None:
    refused = refusal(act(FORMS, "action_rehearse", resolved(), fields={"inject": inject}))
    assert why in refused.message
    assert refused.field == "inject"


def test_a_long_title_is_cut_so_that_it_fits() -> None:
    long = replace(DONE, title="x" * rules.TITLE_MAX)
    made, _ = declaration(act(FORMS, "action_rehearse", resolved(), long, fields={"inject": "x"}))
    assert len(made.title) <= TITLE_MAX


@pytest.mark.parametrize(
    ("where", "name"),
    [
        (BUTTONS, "action_rehearse"),
        (FORMS, "action_rehearse"),
        (BUTTONS, "rehearsal_noticed"),
        (FORMS, "rehearsal_noticed"),
        (BUTTONS, "rehearsal_missed"),
    ],
)
def test_what_is_not_there_or_may_not_be_seen_is_told(where: Any, name: str) -> None:
    assert "you may not see it" in refusal(act(where, name, DRILL, None)).message


def test_it_was_noticed() -> None:
    view = form(act(BUTTONS, "rehearsal_noticed", DRILL))
    assert json.loads(view["private_metadata"]) == {"number": 7}
    now, told = noticed()
    assert now.rehearsals[-1].noticed_after == timedelta(minutes=4)
    assert not now.is_open
    words = "rehearsed 2026-11-23: noticed after 4 min by the alert on lag (INC-7)"
    assert words in told
    assert "End the drill with `/incident resolve INC-7`." in told
    assert words in said_of(now)


def said_of(now: ActionItem) -> str:
    return str(rows.text(ListedItem(now), TODAY))


def test_nobody_noticed_so_it_is_open_again() -> None:
    found = recorded(act(BUTTONS, "rehearsal_missed", DRILL))
    assert not isinstance(found, Refused)
    now, told = found
    assert now.is_open
    assert "rehearsed 2026-11-23: nobody noticed (INC-7)" in told
    assert "So it is open again: `/incident action move ACT-1 friday`" in told
    assert "nobody noticed" in said_of(now)


def test_one_that_was_opened_meanwhile_stays_open() -> None:
    opened = evolve(DONE, facts.ActionItemReopened(at=NOW, by=BOB))
    decided = rehearsing.missed(opened, DRILL, by=CAROL, now=NOW)
    assert [type(each) for each in decided] == [facts.ActionItemRehearsed]  # type: ignore[union-attr]


def test_what_came_of_a_drill_is_recorded_once() -> None:
    now, _ = noticed()
    assert "What came of INC-7 is recorded in ACT-1 already." in noticed(on=now).message
    assert "recorded in ACT-1 already" in refusal(act(BUTTONS, "rehearsal_noticed", DRILL, now)).message
    missed = recorded(act(BUTTONS, "rehearsal_missed", DRILL, now), now)
    assert isinstance(missed, Refused)


@pytest.mark.parametrize(
    ("at", "how", "why"),
    [
        (NOW - timedelta(minutes=1), "x", "That is before the drill began"),
        (later(11), "x", "That is still to come"),
        (later(4), " ", "Say what or who noticed it."),
        (later(4), "x" * 501, "at most 500 fit"),
    ],
)
def test_a_time_that_cannot_be_and_a_text_that_says_nothing_are_refused(
    at: datetime, how: str, why: str
) -> None:
    assert why in noticed(at, how).message


def test_the_minute_in_which_the_drill_began_is_no_time_before_it() -> None:
    late = replace(DRILL, declared_at=NOW + timedelta(seconds=40))
    (fact,) = rehearsing.noticed(DONE, late, NOW, "x", by=BOB, now=later(1))  # type: ignore[misc]
    assert isinstance(fact, facts.ActionItemRehearsed)
    assert fact.noticed_at == late.declared_at


def test_a_form_without_a_time_asks_for_it() -> None:
    assert refusal(act(FORMS, "rehearsal_noticed", DRILL, fields={"how": "x"})).field == "at"


def test_only_the_last_rehearsals_are_shown() -> None:
    many = DONE
    for number in range(5):
        fact = facts.ActionItemRehearsed(at=NOW, by=BOB, drill=number, began_at=NOW, noticed_at=NOW, how="it")
        many = evolve(many, fact)
    assert "INC-1)" not in said_of(many)
    assert "INC-4)" in said_of(many)
    assert "noticed after" in rehearsals.outcome(many.rehearsals[0])
