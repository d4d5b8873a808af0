"""Milestones: who set them, how they are corrected, and which order they must have."""

from datetime import datetime

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.effects import TellRoom
from bot.incident.domain.incident import Incident
from bot.incident.domain.react import react
from bot.incident.domain.rules import TEXT_MAX, Decision
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Status
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    fact,
    later,
    refused,
    resolved,
)

OPEN = declared()


def put(
    incident: Incident, milestone: Milestone, when: datetime, *, by: str = CAROL, sure: bool = False
) -> Decision:
    return rules.set_milestone(incident, milestone, when, by=by, now=later(60), sure=sure)


def history() -> Incident:
    """Declared by Alice, acknowledged by Bob, mitigated by Alice, resolved by Bob."""
    incident = after(OPEN, rules.take_command(OPEN, by=BOB, now=later(2)))
    incident = after(incident, rules.change_status(incident, Status.MITIGATED, by=ALICE, now=later(20)))
    return after(incident, rules.resolve(incident, by=BOB, now=later(30), started=later(-10)))


def test_who_reaches_a_milestone_has_set_it() -> None:
    assert history().milestones_by == {
        Milestone.STARTED: BOB,
        Milestone.DECLARED: ALICE,
        Milestone.ACKNOWLEDGED: BOB,
        Milestone.MITIGATED: ALICE,
        Milestone.RESOLVED: BOB,
    }


def test_a_milestone_that_no_longer_holds_has_nobody_who_set_it() -> None:
    over = history()
    again = after(over, rules.reopen(over, "It is back", by=CAROL, now=later(40)))
    assert set(again.milestones_by) == {Milestone.STARTED, Milestone.DECLARED, Milestone.ACKNOWLEDGED}


def test_a_milestone_of_an_early_release_may_have_nobody_who_set_it() -> None:
    known = after(history(), put(history(), Milestone.DETECTED, later(-5)))
    unknown = Incident(
        version=2,
        number=42,
        title="x",
        severity=OPEN.severity,
        declared_by=ALICE,
        declared_at=NOW,
        opened_at=NOW,
        promise_from=NOW,
        milestones={Milestone.DECLARED: NOW},
    )
    assert after(unknown, put(unknown, Milestone.STARTED, later(-5))).milestones_by[Milestone.DECLARED] == ""
    assert known.milestones_by[Milestone.DETECTED] == CAROL


def test_a_first_time_is_recorded() -> None:
    assert fact(put(OPEN, Milestone.STARTED, later(-5))) == facts.MilestoneSet(
        at=later(60), by=CAROL, milestone=Milestone.STARTED, when=later(-5)
    )


def test_a_correction_keeps_the_old_time_and_who_had_set_it() -> None:
    over = history()
    decision = rules.set_milestone(
        over, Milestone.MITIGATED, later(15), by=CAROL, now=later(60), reason=" error graph "
    )
    corrected = fact(decision)
    assert corrected == facts.MilestoneSet(
        at=later(60),
        by=CAROL,
        milestone=Milestone.MITIGATED,
        when=later(15),
        old=later(20),
        old_by=ALICE,
        reason="error graph",
    )
    assert facts.people_in(corrected) == (ALICE,)
    known = after(over, decision)
    assert (known.milestones[Milestone.MITIGATED], known.milestones_by[Milestone.MITIGATED]) == (
        later(15),
        CAROL,
    )


def test_the_room_is_told_of_a_time_that_is_set_alone() -> None:
    alone = fact(put(OPEN, Milestone.STARTED, later(-5)))
    assert react(Entry(7, alone), OPEN) == (TellRoom(7),)
    assert facts.people_in(alone) == ()


def test_an_acknowledgement_that_was_recorded_by_hand_stays_when_somebody_takes_command() -> None:
    incident = after(OPEN, put(OPEN, Milestone.ACKNOWLEDGED, later(1)))
    incident = after(incident, rules.take_command(incident, by=BOB, now=later(9)))
    assert (incident.milestones[Milestone.ACKNOWLEDGED], incident.milestones_by[Milestone.ACKNOWLEDGED]) == (
        later(1),
        CAROL,
    )


def test_the_time_of_the_declaration_cannot_be_changed() -> None:
    refusal = refused(put(OPEN, Milestone.DECLARED, later(-1)))
    assert refusal.field == "milestone"
    assert "cannot be changed" in refusal.message


def test_no_milestone_is_in_the_future() -> None:
    refusal = refused(put(OPEN, Milestone.STARTED, later(61)))
    assert refusal.message == "The start of impact cannot be in the future."


def test_the_same_time_again_is_no_correction() -> None:
    assert "has that time already" in refused(put(history(), Milestone.MITIGATED, later(20))).message


@pytest.mark.parametrize(
    ("milestone", "minutes", "why"),
    [
        (Milestone.STARTED, 21, "The start of impact cannot be after the mitigation"),
        (Milestone.MITIGATED, 31, "The mitigation cannot be after the resolution"),
        (Milestone.MITIGATED, -11, "The mitigation cannot be before the start of impact"),
        (Milestone.RESOLVED, 19, "The resolution cannot be before the mitigation"),
        (Milestone.DETECTED, -11, "The detection cannot be before the start of impact"),
    ],
)
def test_an_impossible_order_is_refused_with_the_reason(milestone: Milestone, minutes: int, why: str) -> None:
    for sure in (False, True):
        refusal = refused(put(history(), milestone, later(minutes), sure=sure))
        assert refusal.message.startswith(f"{why} (<!date^")
        assert (refusal.field, refusal.unless_sure) == ("at", False)


@pytest.mark.parametrize(
    ("milestone", "minutes", "asked"),
    [
        (Milestone.DETECTED, 1, "That is after the declaration"),
        (Milestone.ACKNOWLEDGED, -1, "That is before the declaration"),
        (Milestone.STARTED, 3, "That is after the declaration"),
        (Milestone.MITIGATED, 1, "That is before the acknowledgement"),
        (Milestone.RESOLVED, 20, ""),
    ],
)
def test_an_unusual_order_needs_a_confirmation(milestone: Milestone, minutes: int, asked: str) -> None:
    decision = put(history(), milestone, later(minutes))
    if asked:
        refusal = refused(decision)
        assert refusal.unless_sure
        assert refusal.message.startswith(asked)
    assert isinstance(fact(put(history(), milestone, later(minutes), sure=True)), facts.MilestoneSet)


def test_a_time_long_before_the_declaration_needs_a_confirmation() -> None:
    long_ago = NOW.replace(year=2020)
    assert refused(put(OPEN, Milestone.STARTED, long_ago)).unless_sure
    assert isinstance(fact(put(OPEN, Milestone.STARTED, long_ago, sure=True)), facts.MilestoneSet)


@pytest.mark.parametrize("milestone", [Milestone.MITIGATED, Milestone.RESOLVED])
def test_what_has_not_happened_yet_has_no_time(milestone: Milestone) -> None:
    message = refused(put(OPEN, milestone, later(5))).message
    assert message == f"INC-42 is triage, so it has no time at which it was {milestone}."


def test_a_mitigated_incident_has_a_time_of_mitigation_and_none_of_resolution() -> None:
    mitigated = after(OPEN, rules.change_status(OPEN, Status.MITIGATED, by=ALICE, now=later(20)))
    assert isinstance(fact(put(mitigated, Milestone.MITIGATED, later(15))), facts.MilestoneSet)
    assert refused(put(mitigated, Milestone.RESOLVED, later(25))).field == "milestone"


def test_where_a_time_comes_from_must_fit() -> None:
    refusal = refused(
        rules.set_milestone(
            resolved(), Milestone.STARTED, NOW, by=BOB, now=later(60), reason="x" * (TEXT_MAX + 1)
        )
    )
    assert refusal.field == "reason"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("started", Milestone.STARTED), (" ACK ", Milestone.ACKNOWLEDGED), ("impact", Milestone.STARTED)],
)
def test_a_milestone_is_read_by_its_usual_names(typed: str, meant: Milestone) -> None:
    assert Milestone.parse(typed) is meant
    assert Milestone.parse(f"{typed}x") is None
