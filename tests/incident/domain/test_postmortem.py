"""The draft collects what is known and guesses nothing."""

from datetime import timedelta

from bot import policy_file
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, fold
from bot.incident.domain.postmortem import draft, intervals, time_at_severities
from bot.incident.domain.timeline import Entry, in_order
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    decided,
    declared,
    entries,
    later,
    minutes,
    resolved,
    with_role,
)

POLICY = policy_file.load()


def took(incident: Incident) -> dict[str, timedelta | None]:
    return {interval.name: interval.took for interval in intervals(incident)}


def mitigated_and_resolved(incident: Incident, **told: object) -> Incident:
    incident = after(incident, rules.change_status(incident, Status.MITIGATED, by=BOB, now=later(30)))
    return after(incident, rules.resolve(incident, by=BOB, now=later(60), **told))  # type: ignore[arg-type]  # passed on


def test_without_a_known_start_the_times_run_from_the_declaration() -> None:
    incident = after(declared(), rules.take_command(declared(), by=BOB, now=later(3)))
    assert took(mitigated_and_resolved(incident)) == {
        "Time to detect": None,
        "Time to acknowledge": minutes(3),
        "Time to mitigate": minutes(30),
        "Time to resolve": minutes(60),
    }


def test_with_a_known_start_mitigation_and_resolution_run_from_it() -> None:
    incident = mitigated_and_resolved(declared(), started=later(-20), detected=later(-5))
    assert took(incident) == {
        "Time to detect": minutes(15),
        "Time to acknowledge": None,
        "Time to mitigate": minutes(50),
        "Time to resolve": minutes(80),
    }


def test_without_a_detection_time_the_declaration_counts() -> None:
    incident = mitigated_and_resolved(declared(), started=later(-20))
    assert took(incident)["Time to detect"] == minutes(20)


def test_every_time_names_its_start_and_end_points() -> None:
    incident = mitigated_and_resolved(declared(), started=later(-20))
    ends = {interval.name: (interval.start, interval.end) for interval in intervals(incident)}
    assert ends["Time to detect"] == (Milestone.STARTED, Milestone.DECLARED)
    assert ends["Time to resolve"] == (Milestone.STARTED, Milestone.RESOLVED)


def test_an_open_incident_has_a_draft_with_open_ends() -> None:
    made = draft(declared(), [], POLICY, later(5))
    assert made.milestones == [(Milestone.DECLARED, NOW)]
    assert took(declared())["Time to resolve"] is None
    assert made.drafted_at == later(5)


def test_the_draft_holds_roles_milestones_and_timeline_in_order() -> None:
    incident = after(declared(), rules.take_command(declared(), by=BOB, now=later(3)))
    incident = with_role(with_role(incident, Role.EXPERT, CAROL), Role.EXPERT, ALICE)
    incident = mitigated_and_resolved(incident, started=later(-20))
    late = Entry(1, facts.Noted(at=later(9), by=BOB, author=BOB, text="second"))
    early = Entry(2, facts.Noted(at=later(-9), by=BOB, author=BOB, text="first"))
    made = draft(incident, [late, early], POLICY, later(90))
    assert made.roles == [(Role.COMMANDER, BOB), (Role.EXPERT, CAROL), (Role.EXPERT, ALICE)]
    assert [name for name, _ in made.milestones] == [
        Milestone.STARTED,
        Milestone.DECLARED,
        Milestone.ACKNOWLEDGED,
        Milestone.MITIGATED,
        Milestone.RESOLVED,
    ]
    assert made.timeline == [early, late]


def test_entries_with_the_same_time_stay_in_the_order_in_which_they_were_recorded() -> None:
    notes = [Entry(seq, facts.Noted(at=NOW, by=BOB, author=BOB, text=str(seq))) for seq in (3, 1, 2)]
    assert [entry.seq for entry in in_order(notes)] == [1, 2, 3]


def test_milestones_with_the_same_time_are_in_their_usual_order() -> None:
    made = draft(declared(commander=BOB), [], POLICY, later(5))
    assert [name for name, _ in made.milestones] == [Milestone.DECLARED, Milestone.ACKNOWLEDGED]


def lowered_and_reopened() -> list[facts.Fact]:
    """A worldwide outage: SEV2, SEV1 after 10 minutes, SEV4 after 40, resolved after 60, open again from 100 to 115."""
    happened = [*decided(rules.declare(number=42, title="x", severity=Severity.SEV2, by=ALICE, now=NOW))]

    def then(decision: rules.Decision) -> None:
        happened.extend(decided(decision))

    then(rules.change_severity(fold(happened), Severity.SEV1, by=BOB, now=later(10), reason="worldwide"))
    then(rules.change_status(fold(happened), Status.MITIGATING, by=BOB, now=later(20)))
    then(rules.post_update(fold(happened), "No page loads, worldwide", by=BOB, now=later(25)))
    then(rules.no_change(fold(happened), by=BOB, now=later(35)))
    then(rules.change_severity(fold(happened), Severity.SEV4, by=BOB, now=later(40)))
    then(rules.resolve(fold(happened), by=BOB, now=later(60)))
    then(rules.reopen(fold(happened), "again", by=BOB, now=later(100)))
    then(rules.change_severity(fold(happened), Severity.SEV2, by=BOB, now=later(105)))
    then(rules.resolve(fold(happened), by=BOB, now=later(115)))
    return happened


def test_each_severity_counts_the_time_that_the_incident_was_open_with_it() -> None:
    timeline = entries(*lowered_and_reopened())
    assert time_at_severities(timeline, later(500)) == [
        (Severity.SEV1, minutes(30)),
        (Severity.SEV2, minutes(10 + 10)),
        (Severity.SEV4, minutes(20 + 5)),
    ]


def test_an_open_incident_counts_until_the_draft() -> None:
    timeline = entries(*lowered_and_reopened()[:2])
    assert time_at_severities(timeline, later(15)) == [
        (Severity.SEV1, minutes(5)),
        (Severity.SEV2, minutes(10)),
    ]


def test_a_review_adds_no_time() -> None:
    happened = lowered_and_reopened()
    reviewed = rules.change_status(fold(happened), Status.REVIEWED, by=BOB, now=later(300))
    timeline = entries(*happened, *decided(reviewed))
    assert time_at_severities(timeline, later(500)) == time_at_severities(timeline[:-1], later(500))


def test_the_peak_is_the_worst_severity_and_not_the_last() -> None:
    happened = lowered_and_reopened()[:6]
    made = draft(fold(happened), entries(*happened), POLICY, later(50))
    assert made.peak is Severity.SEV1
    assert made.incident.severity is Severity.SEV4


def test_the_impact_is_what_people_said_about_it_and_when() -> None:
    happened = lowered_and_reopened()
    assert draft(fold(happened), entries(*happened), POLICY, later(500)).impact == [
        (later(25), "No page loads, worldwide")
    ]


def test_a_note_from_last_year_comes_first() -> None:
    incident = resolved(at=later(60))
    last_year = later(-60 * 24 * 330)
    decision = rules.note(
        incident, "The certificate was renewed by hand", by=BOB, now=later(70), at=last_year, sure=True
    )
    happened = [*lowered_and_reopened(), *decided(decision)]
    made = draft(fold(happened), entries(*happened), POLICY, later(500))
    assert made.timeline[0].fact.at == last_year
    assert [entry.fact.at for entry in made.timeline] == sorted(fact.at for fact in happened)
