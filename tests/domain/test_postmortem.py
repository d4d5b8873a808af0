"""The draft gathers what is known and guesses at nothing."""

from datetime import timedelta

from bot.domain import rules
from bot.domain.events import Entry, Noted, in_order
from bot.domain.incident import Incident
from bot.domain.policy import Policy
from bot.domain.postmortem import draft, intervals
from bot.domain.vocabulary import Milestone, Role, Status
from tests.domain.situations import ALICE, BOB, CAROL, NOW, after, declared, later, minutes, with_role


def took(incident: Incident) -> dict[str, timedelta | None]:
    return {interval.name: interval.took for interval in intervals(incident)}


def mitigated_and_resolved(incident: Incident, **told: object) -> Incident:
    incident = after(incident, rules.change_status(incident, Status.MITIGATED, by=BOB, now=later(30)))
    return after(incident, rules.resolve(incident, by=BOB, now=later(60), **told))  # type: ignore[arg-type]  # passed on


def test_where_nobody_said_when_it_began_the_times_run_from_the_declaration() -> None:
    incident = after(declared(), rules.take_command(declared(), by=BOB, now=later(3)))
    assert took(mitigated_and_resolved(incident)) == {
        "Time to detect": None,
        "Time to acknowledge": minutes(3),
        "Time to mitigate": minutes(30),
        "Time to resolve": minutes(60),
    }


def test_where_the_beginning_is_known_mitigation_and_resolution_run_from_it() -> None:
    incident = mitigated_and_resolved(declared(), started=later(-20), detected=later(-5))
    assert took(incident) == {
        "Time to detect": minutes(15),
        "Time to acknowledge": None,
        "Time to mitigate": minutes(50),
        "Time to resolve": minutes(80),
    }


def test_what_nobody_detected_was_detected_by_its_declaration() -> None:
    incident = mitigated_and_resolved(declared(), started=later(-20))
    assert took(incident)["Time to detect"] == minutes(20)


def test_every_time_names_the_moments_between_which_it_runs() -> None:
    incident = mitigated_and_resolved(declared(), started=later(-20))
    ends = {interval.name: (interval.start, interval.end) for interval in intervals(incident)}
    assert ends["Time to detect"] == (Milestone.STARTED, Milestone.DECLARED)
    assert ends["Time to resolve"] == (Milestone.STARTED, Milestone.RESOLVED)


def test_an_open_incident_has_a_draft_with_open_ends(policy: Policy) -> None:
    made = draft(declared(), [], policy, later(5))
    assert made.milestones == [(Milestone.DECLARED, NOW)]
    assert took(declared())["Time to resolve"] is None
    assert made.drafted_at == later(5)


def test_the_draft_holds_roles_milestones_and_timeline_in_order(policy: Policy) -> None:
    incident = after(declared(), rules.take_command(declared(), by=BOB, now=later(3)))
    incident = with_role(with_role(incident, Role.EXPERT, CAROL), Role.EXPERT, ALICE)
    incident = mitigated_and_resolved(incident, started=later(-20))
    late = Entry(1, Noted(at=later(9), by=BOB, author=BOB, text="second"))
    early = Entry(2, Noted(at=later(-9), by=BOB, author=BOB, text="first"))
    made = draft(incident, [late, early], policy, later(90))
    assert made.roles == [(Role.COMMANDER, BOB), (Role.EXPERT, CAROL), (Role.EXPERT, ALICE)]
    assert [name for name, _ in made.milestones] == [
        Milestone.STARTED,
        Milestone.DECLARED,
        Milestone.ACKNOWLEDGED,
        Milestone.MITIGATED,
        Milestone.RESOLVED,
    ]
    assert made.timeline == [early, late]
    assert made.impact == policy.impact(incident.severity)


def test_things_of_the_same_moment_are_told_as_they_were_recorded() -> None:
    notes = [Entry(seq, Noted(at=NOW, by=BOB, author=BOB, text=str(seq))) for seq in (3, 1, 2)]
    assert [entry.seq for entry in in_order(notes)] == [1, 2, 3]


def test_milestones_of_the_same_moment_stand_in_their_usual_order(policy: Policy) -> None:
    made = draft(declared(commander=BOB), [], policy, later(5))
    assert [name for name, _ in made.milestones] == [Milestone.DECLARED, Milestone.ACKNOWLEDGED]
