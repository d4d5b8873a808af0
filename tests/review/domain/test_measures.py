"""What is measured between which milestones, and what has no duration."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.incident.domain.records import Record
from bot.incident.domain.vocabulary import Milestone, Severity, Status
from bot.review.domain.measures import Measure, measured
from bot.review.domain.survival import Observation
from tests.review.histories import NOW

AT = NOW - timedelta(hours=5)


def record(status: Status = Status.RESOLVED, **minutes: float) -> Record:
    """INC-7, declared five hours ago, with these milestones in minutes after that."""
    times = {Milestone(name): AT + timedelta(minutes=after) for name, after in minutes.items()}
    return Record(
        number=7,
        version=3,
        title="Checkout is failing",
        severity=Severity.SEV2,
        first_severity=Severity.SEV2,
        worst=Severity.SEV2,
        status=status,
        private=False,
        without_room=False,
        declared_by="U1",
        declared_at=AT,
        ended_at=AT + timedelta(hours=2) if status.is_closed else None,
        milestones={Milestone.DECLARED: AT, **times},
    )


@pytest.mark.parametrize(
    ("measure", "minutes"),
    [
        (Measure.DETECT, 5),
        (Measure.DECLARE, 15),
        (Measure.ACKNOWLEDGE, 2),
        (Measure.MITIGATE, 40),
        (Measure.RESOLVE, 90),
        (Measure.IMPACT, 60),
    ],
)
def test_each_measure_is_the_time_between_its_end_points(measure: Measure, minutes: float) -> None:
    known = record(started=-20, detected=-15, acknowledged=2, mitigated=40, resolved=90)
    assert measured(measure, [known], NOW).observations == [Observation(7, minutes * 60)]
    assert measure.end_points == f"{measure.start} → {measure.end}"


def test_names_say_what_is_measured() -> None:
    assert [each.heading for each in Measure] == [
        "Time to detect",
        "Time to declare",
        "Time to acknowledge",
        "Time to mitigate",
        "Time to resolve",
        "Time of impact",
    ]


def test_one_that_is_open_has_lasted_so_far() -> None:
    still = record(Status.TRIAGE, started=-10)
    for measure, minutes in ((Measure.ACKNOWLEDGE, 300), (Measure.MITIGATE, 300), (Measure.IMPACT, 310)):
        assert measured(measure, [still], NOW).observations == [Observation(7, minutes * 60, is_over=False)]


def test_one_that_ended_without_a_commander_was_not_acknowledged_until_then() -> None:
    found = measured(Measure.ACKNOWLEDGE, [record(resolved=120)], NOW)
    assert found.observations == [Observation(7, 7200, is_over=False)]


def test_without_both_times_it_is_unknown_also_while_it_is_open() -> None:
    for status in (Status.TRIAGE, Status.RESOLVED):
        found = measured(Measure.DETECT, [record(status, started=-10)], NOW)
        assert (found.observations, found.unknown) == ([], [7])
    assert measured(Measure.MITIGATE, [record(Status.RESOLVED)], NOW).unknown == [7]


def test_times_that_are_the_wrong_way_round_are_left_out_and_named() -> None:
    found = measured(Measure.DECLARE, [record(detected=10)], NOW)
    assert (found.observations, found.impossible) == ([], [7])


def test_what_was_recorded_afterwards_counts_only_between_its_own_times() -> None:
    past = replace(record(started=-60, mitigated=-20, resolved=-10), without_room=True)
    assert measured(Measure.RESOLVE, [past], NOW).afterwards == [7]
    assert measured(Measure.IMPACT, [past], NOW).observations == [Observation(7, 2400)]
