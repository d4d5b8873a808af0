"""What was no incident of its own: false alarms, and duplicates of other incidents."""

import pytest

from bot.core.decision import Refused
from bot.incident.domain import facts, rules
from bot.incident.domain.cadence import next_look
from bot.incident.domain.effects import (
    Announce,
    BringOver,
    ReadMembers,
    SetTopic,
    ShowCard,
    TellChannel,
    TellRoom,
)
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.postmortem import intervals, time_at_severities
from bot.incident.domain.react import react
from bot.incident.domain.rules import TEXT_MAX, Both
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Role, Status
from tests.incident.commands.factory import POLICY
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    entries,
    fact,
    later,
    minutes,
    refused,
    resolved,
    with_role,
)

OPEN, ORIGINAL = declared(commander=BOB), declared("Payments fail", number=7)
SECRET, SECRET_ORIGINAL = declared(private=True), declared("Key leaked", number=7, private=True)


def both(decision: Both) -> tuple[facts.Fact, facts.Fact]:
    """The only fact of each incident."""
    assert not isinstance(decision, Refused), decision
    ((here,), (there,)) = decision
    return here, there


def merge(incident: Incident = OPEN, original: Incident = ORIGINAL, reason: str = "") -> Both:
    return rules.mark_duplicate(incident, original, by=ALICE, now=later(5), room="C7", reason=reason)


def merged(incident: Incident = OPEN, original: Incident = ORIGINAL) -> tuple[Incident, Incident]:
    here, there = both(merge(incident, original))
    return evolve(incident, here), evolve(original, there)


def cancelled(incident: Incident = OPEN) -> Incident:
    return after(incident, rules.cancel(incident, "Monitor was wrong", by=BOB, now=later(5)))


def test_a_false_alarm_is_closed_with_its_reason_and_kept_apart_from_resolved_ones() -> None:
    made = fact(rules.cancel(OPEN, " Monitor was wrong ", by=BOB, now=later(5)))
    assert made == facts.Cancelled(at=later(5), by=BOB, old=Status.TRIAGE, reason="Monitor was wrong")
    over = cancelled()
    assert (over.status, over.is_closed, over.status.is_set_aside) == (Status.CANCELLED, True, True)
    assert not resolved().status.is_set_aside


def test_a_false_alarm_has_no_times_of_mitigation_and_resolution() -> None:
    over = cancelled()
    assert {Milestone.MITIGATED, Milestone.RESOLVED}.isdisjoint(over.milestones)
    took = {each.name: each.took for each in intervals(over)}
    assert took["Time to mitigate"] is took["Time to resolve"] is None


def test_nothing_is_promised_of_a_false_alarm_and_it_is_open_no_longer() -> None:
    assert next_look(cancelled(), POLICY, later(6)) is None
    opened = facts.Declared(at=NOW, by=ALICE, number=42, title="x", severity=OPEN.severity)
    end = facts.Cancelled(at=later(5), by=BOB, old=Status.TRIAGE)
    assert time_at_severities(entries(opened, end), later(90)) == [(OPEN.severity, minutes(5))]


def test_why_it_was_a_false_alarm_need_not_be_said_and_must_fit() -> None:
    assert isinstance(fact(rules.cancel(OPEN, by=BOB, now=NOW)), facts.Cancelled)
    assert refused(rules.cancel(OPEN, "x" * (TEXT_MAX + 1), by=BOB, now=NOW)).field == "reason"


@pytest.mark.parametrize("over", [resolved(), cancelled(), merged()[0]])
def test_what_is_over_is_neither_cancelled_nor_a_duplicate(over: Incident) -> None:
    assert f"INC-42 is {over.status}" in refused(rules.cancel(over, by=BOB, now=NOW)).message
    assert f"INC-42 is {over.status}" in refused(merge(over)).message


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (Status.CANCELLED, "`/incident cancel INC-42: <why>`"),
        (Status.DUPLICATE, "`/incident duplicate INC-42 of INC-<number>`"),
    ],
)
def test_a_status_that_sets_aside_has_its_own_command(status: Status, words: str) -> None:
    assert words in refused(rules.change_status(OPEN, status, by=BOB, now=NOW)).message


def test_a_false_alarm_is_not_reviewed() -> None:
    assert (
        "is cancelled" in refused(rules.change_status(cancelled(), Status.REVIEWED, by=BOB, now=NOW)).message
    )


def test_a_false_alarm_that_is_none_begins_again_with_a_reason() -> None:
    over = cancelled()
    assert refused(rules.reopen(over, " ", by=BOB, now=later(9))).field == "reason"
    again = after(over, rules.reopen(over, "It is real", by=BOB, now=later(9)))
    assert (again.status, again.promise_from, again.opened_at) == (Status.TRIAGE, later(9), later(9))


def test_the_end_of_a_false_alarm_is_shown_like_every_end() -> None:
    made = fact(rules.cancel(OPEN, "why", by=BOB, now=NOW))
    everywhere = (TellRoom(7), SetTopic(), ShowCard(), Announce(), TellChannel(7))
    assert react(Entry(7, made), cancelled()) == everywhere


def test_a_duplicate_is_closed_and_its_people_go_over() -> None:
    staffed = with_role(with_role(OPEN, Role.SCRIBE, CAROL), Role.DEPUTY, BOB)
    here, there = both(merge(staffed, reason=" same error "))
    assert here == facts.MarkedDuplicate(
        at=later(5), by=ALICE, old=Status.TRIAGE, of=7, room="C7", reason="same error"
    )
    assert there == facts.DuplicateMerged(
        at=later(5), by=ALICE, number=42, title="Checkout is failing", people=(BOB, CAROL)
    )
    assert facts.people_in(there) == (BOB, CAROL)


def test_both_incidents_know_each_other() -> None:
    duplicate, original = merged()
    assert (duplicate.status, duplicate.duplicate_of, duplicate.original_room) == (Status.DUPLICATE, 7, "C7")
    assert original.duplicates == (42,)


def test_the_other_incident_may_be_over() -> None:
    over = resolved(ORIGINAL)
    duplicate, original = merged(OPEN, over)
    assert (duplicate.duplicate_of, original.status, original.duplicates) == (7, Status.RESOLVED, (42,))


def test_an_incident_is_no_duplicate_of_itself() -> None:
    assert refused(merge(OPEN, OPEN)).message == rules.ITSELF


def test_a_duplicate_of_a_duplicate_leads_to_the_original_one() -> None:
    duplicate, _ = merged()
    message = refused(merge(declared(number=50), duplicate)).message
    assert message == "INC-42 is a duplicate itself, of INC-7: name that one."


@pytest.mark.parametrize(("one", "other"), [(SECRET, ORIGINAL), (OPEN, SECRET_ORIGINAL)])
def test_a_private_and_a_public_incident_are_not_merged(one: Incident, other: Incident) -> None:
    refusal = refused(merge(one, other))
    assert "so they cannot be merged: what is private must stay so." in refusal.message
    assert refusal.field == "reference"


def test_two_private_incidents_are_merged_and_nothing_is_announced() -> None:
    here, there = both(merge(SECRET, SECRET_ORIGINAL))
    duplicate, original = merged(SECRET, SECRET_ORIGINAL)
    assert react(Entry(7, here), duplicate) == (TellRoom(7), SetTopic(), ShowCard())
    assert react(Entry(7, there), original) == (TellRoom(7), ShowCard())


def test_people_are_brought_over_into_an_open_incident_only() -> None:
    _, there = both(merge())
    assert react(Entry(7, there), merged()[1]) == (TellRoom(7), BringOver((BOB,), 42), ShowCard())
    assert react(Entry(7, there), merged(OPEN, resolved(ORIGINAL))[1]) == (TellRoom(7), ShowCard())
    _, nobody = both(merge(declared()))
    assert react(Entry(7, nobody), merged()[1]) == (TellRoom(7), ShowCard())


def test_a_duplicate_that_is_none_is_opened_again_and_leaves_the_other_one() -> None:
    duplicate, original = merged()
    other = evolve(original, facts.DuplicateMerged(at=NOW, by=BOB, number=50, title="x"))
    here, there = both(rules.reopen_duplicate(duplicate, other, " Another error ", by=BOB, now=later(9)))
    again = evolve(duplicate, here)
    assert (again.status, again.duplicate_of, again.original_room) == (Status.TRIAGE, None, "")
    assert there == facts.DuplicateReopened(at=later(9), by=BOB, number=42, reason="Another error")
    assert facts.people_in(there) == ()
    assert evolve(other, there).duplicates == (50,)
    assert react(Entry(7, there), other) == (TellRoom(7), ShowCard())
    assert ReadMembers() in react(Entry(7, here), again)


def test_a_duplicate_is_opened_again_with_a_reason_only() -> None:
    assert refused(rules.reopen_duplicate(*merged(), " ", by=BOB, now=NOW)).field == "reason"


def test_a_duplicate_is_never_opened_again_without_the_other_one() -> None:
    duplicate, original = merged()
    assert "try again" in refused(rules.reopen(duplicate, "why", by=BOB, now=NOW)).message
    assert "try again" in refused(rules.reopen_duplicate(OPEN, original, "why", by=BOB, now=NOW)).message
