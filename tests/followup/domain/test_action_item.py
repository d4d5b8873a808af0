"""What happens to an action item, and the state that it leads to."""

from datetime import date, timedelta
from typing import get_args

import pytest

from bot.core.decider import Entry
from bot.core.decision import Refused
from bot.followup.domain import effects, facts, rules
from bot.followup.domain.action_item import ACTION_ITEM, ActionItem, evolve, fold
from bot.followup.domain.react import react
from bot.followup.domain.vocabulary import Kind, Priority, State
from bot.followup.effects.registry import EFFECTS
from bot.incident.domain import rules as incident_rules
from bot.incident.domain.incident import Incident
from tests.followup.domain.items import TODAY, added, item
from tests.incident.domain.situations import ALICE, BOB, CAROL, NOW, after, declared

LATER = NOW + timedelta(hours=1)


def decided(decision: rules.Decision) -> facts.Fact:
    assert not isinstance(decision, Refused), decision.message
    (fact,) = decision
    return fact


def refused(decision: rules.Decision) -> Refused:
    assert isinstance(decision, Refused), decision
    return decision


def test_it_takes_over_what_it_needs_from_its_incident() -> None:
    made = item()
    assert (made.reference, made.incident, made.incident_title) == ("ACT-1", 42, declared().title)
    assert (made.state, made.kind, made.priority) == (State.OPEN, Kind.PREVENT, Priority.MEDIUM)
    assert not made.private
    assert (made.added_by, made.given_by, made.given_at) == (ALICE, ALICE, NOW)


def test_each_change_leads_to_the_next_state() -> None:
    made = item()
    moved = evolve(made, decided(rules.move(made, date(2027, 1, 1), "", today=TODAY, by=BOB, now=LATER)))
    assert (moved.due_on, moved.version, moved.given_at) == (date(2027, 1, 1), 2, LATER)
    (move,) = moved.moves
    assert (move.previous, move.due_on, move.by, move.reason) == (made.due_on, moved.due_on, BOB, "")
    given = evolve(moved, decided(rules.assign(moved, CAROL, by=BOB, now=LATER)))
    assert (given.owner, given.given_by) == (CAROL, BOB)
    done = evolve(given, decided(rules.finish(given, " see  PR 7 ", by=CAROL, now=LATER)))
    assert (done.state, done.outcome, done.ended_by, done.ended_at) == (State.DONE, "see PR 7", CAROL, LATER)
    assert not done.is_overdue(date(2030, 1, 1))
    again = evolve(done, decided(rules.reopen(done, by=BOB, now=LATER)))
    assert (again.state, again.outcome, again.ended_at, again.moves) == (State.OPEN, "", None, moved.moves)
    dropped = evolve(again, decided(rules.drop(again, "too dear", by=BOB, now=LATER)))
    assert (dropped.state, dropped.outcome) == (State.NOT_DOING, "too dear")
    assert ACTION_ITEM.list_columns(dropped).closed


def test_a_history_begins_with_its_addition_and_has_it_once() -> None:
    with pytest.raises(ValueError, match="begins with"):
        evolve(None, facts.ActionItemReopened(at=NOW, by=BOB))
    with pytest.raises(ValueError, match="begins with"):
        evolve(item(), added())
    with pytest.raises(ValueError, match="at least one"):
        fold([])
    assert fold([added()]) == item()


def test_an_incident_that_was_none_has_no_action_items() -> None:
    cancelled = after(declared(), incident_rules.cancel(declared(), by=BOB, now=NOW))
    assert "false alarm" in refused(_add(cancelled)).message
    both = incident_rules.mark_duplicate(declared(), declared(number=7), by=BOB, now=NOW)
    assert not isinstance(both, Refused)
    duplicate = after(declared(), both[0])
    assert "`/incident action INC-7 …`" in refused(_add(duplicate)).message


def _add(incident: Incident) -> rules.Decision:
    return rules.add(1, incident, "Add it", owner=BOB, due_on=TODAY, today=TODAY, by=ALICE, now=NOW)


@pytest.mark.parametrize(
    ("title", "due_on", "field"),
    [
        (" \u200b", TODAY, "text"),
        ("x" * 301, TODAY, "text"),
        ("x", TODAY - timedelta(days=1), "due"),
        ("x", TODAY + timedelta(days=1000), "due"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(title: str, due_on: date, field: str) -> None:
    decision = rules.add(1, declared(), title, owner=BOB, due_on=due_on, today=TODAY, by=ALICE, now=NOW)
    assert refused(decision).field == field


def test_what_is_over_changes_no_more_until_it_is_reopened() -> None:
    made = item()
    done = evolve(made, decided(rules.finish(made, "x", by=BOB, now=LATER)))
    for decision in (
        rules.finish(done, "x", by=BOB, now=LATER),
        rules.drop(done, "x", by=BOB, now=LATER),
        rules.assign(done, CAROL, by=BOB, now=LATER),
        rules.move(done, TODAY, "x", today=TODAY, by=BOB, now=LATER),
    ):
        assert f"ACT-1 is already done, by <@{BOB}>." in refused(decision).message
    dropped = evolve(made, decided(rules.drop(made, "x", by=BOB, now=LATER)))
    assert "marked as not to be done" in refused(rules.finish(dropped, "x", by=BOB, now=LATER)).message


def test_a_proof_and_a_reason_say_something_and_not_too_much() -> None:
    for decision, field in (
        (rules.finish(item(), " ", by=BOB, now=NOW), "proof"),
        (rules.finish(item(), "x" * 501, by=BOB, now=NOW), "proof"),
        (rules.drop(item(), "", by=BOB, now=NOW), "reason"),
    ):
        assert refused(decision).field == field


def test_the_third_move_needs_a_reason_and_the_first_two_may_have_one() -> None:
    moved: ActionItem = item()
    for days in (1, 2):
        assert not rules.needs_reason(moved)
        there = moved.due_on + timedelta(days=days)
        moved = evolve(moved, decided(rules.move(moved, there, "later", today=TODAY, by=BOB, now=NOW)))
    assert rules.needs_reason(moved)
    there = moved.due_on + timedelta(days=1)
    decision = rules.move(moved, there, " ", today=TODAY, by=BOB, now=NOW)
    assert "was moved 2 times already" in refused(decision).message
    third = decided(rules.move(moved, there, "ill", today=TODAY, by=BOB, now=NOW))
    assert isinstance(third, facts.ActionItemMoved)
    assert third.reason == "ill"


def test_who_is_told_of_what() -> None:
    by_another, by_owner = added(), added(owner=ALICE)
    assert react([Entry(1, by_another)], item()) == [effects.TellWarRoom(), effects.TellOwner(BOB)]
    assert react([Entry(1, by_owner)], fold([by_owner])) == [effects.TellWarRoom()]
    given = facts.ActionItemAssigned(at=NOW, by=BOB, owner=CAROL, previous=BOB)
    assert react([Entry(2, given)], evolve(item(), given)) == [
        effects.ShowReminder(BOB),
        effects.TellOwner(CAROL),
    ]
    taken = facts.ActionItemAssigned(at=NOW, by=CAROL, owner=CAROL, previous=BOB)
    assert react([Entry(2, taken)], evolve(item(), taken)) == [effects.ShowReminder(BOB)]
    done = facts.ActionItemDone(at=NOW, by=BOB, proof="x")
    assert react([Entry(2, done), Entry(3, done)], evolve(item(), done)) == [effects.ShowReminder(BOB)]


def test_every_fact_is_stored_and_every_effect_has_a_handler() -> None:
    assert set(ACTION_ITEM.facts.values()) == set(get_args(facts.Fact))
    assert {each.effect for each in EFFECTS.handlers} == set(get_args(effects.Effect))
    assert not any(each.warns_if_dead for each in EFFECTS.handlers), "then the registry must warn somebody"
    assert all(EFFECTS.what_of(each.kind) for each in EFFECTS.handlers)
