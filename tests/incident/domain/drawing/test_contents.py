"""What is drawn of an incident: periods, roles, promises, notes, and how many are too many."""

from datetime import timedelta

from bot.incident.domain import facts
from bot.incident.domain.drawing.contents import NOTES_MAX, SPANS_MAX, Contents, contents
from bot.incident.domain.drawing.lanes import LANES_MAX
from bot.incident.domain.drawing.spans import Span
from bot.incident.domain.vocabulary import Milestone, Role, RoleEndReason, Severity, Status
from tests.incident.domain.drafts import declared, drafted, note, role, status, update, usual
from tests.incident.domain.situations import ALICE, BOB, CAROL, DAVE, NOW, entries, later


def of(*happened: facts.Fact) -> Contents:
    return contents(drafted(*happened))


def test_severities_and_statuses_follow_one_another_and_equal_ones_are_one() -> None:
    drawn = of(*usual())
    assert drawn.severities == [
        Span(Severity.SEV2, NOW, later(5)),
        Span(Severity.SEV1, later(5), later(70)),
        Span(Severity.SEV3, later(70), later(99)),
    ]
    assert drawn.statuses == [
        Span(Status.TRIAGE, NOW, later(8)),
        Span(Status.MITIGATING, later(8), later(36)),
        Span(Status.MITIGATED, later(36), later(99)),
    ]
    assert (drawn.start, drawn.end, drawn.is_open) == (later(-10), later(99), False)


def test_each_lane_has_one_person_at_a_time_and_ends_with_the_incident() -> None:
    lanes = {(lane.title, number): lane.spans for number, lane in enumerate(of(*usual()).lanes)}
    assert lanes["Incident Commander", 0] == [
        Span(BOB, later(1), later(20)),
        Span(CAROL, later(20), later(99)),
    ]
    assert lanes["Subject-Matter Expert", 1] == [Span(DAVE, later(2), later(22))]
    assert lanes["Subject-Matter Expert", 2] == [Span(ALICE, later(3), later(99))]


def test_who_takes_a_role_again_later_is_in_the_same_lane() -> None:
    ended = facts.RolesEnded(
        at=later(5), by=BOB, person=BOB, roles=(Role.SCRIBE,), why=RoleEndReason.UNASSIGNED
    )
    (lane,) = of(declared(), role(1, Role.SCRIBE, BOB), ended, role(9, Role.SCRIBE, BOB)).lanes
    assert lane.spans == [Span(BOB, later(1), later(5)), Span(BOB, later(9), later(19))]


def test_a_role_that_was_held_for_no_time_is_not_drawn() -> None:
    ended = facts.RolesEnded(
        at=later(1), by=BOB, person=BOB, roles=(Role.SCRIBE,), why=RoleEndReason.DECLINED
    )
    happened = (declared(), role(1, Role.SCRIBE, BOB), ended, role(9, Role.DEPUTY, CAROL))
    assert contents(drafted(*happened, now=later(9))).lanes == []


def test_an_open_incident_is_drawn_until_the_time_of_the_draft() -> None:
    drawn = of(declared(), role(1, Role.COMMANDER, BOB))
    assert (drawn.is_open, drawn.end) == (True, later(11))
    assert drawn.lanes[0].spans == [Span(BOB, later(1), later(11))]


def test_after_a_reopening_the_severity_goes_on_and_the_time_between_has_none() -> None:
    drawn = of(
        declared(), status(10, Status.TRIAGE, Status.RESOLVED), status(30, Status.RESOLVED, Status.TRIAGE)
    )
    assert drawn.severities == [
        Span(Severity.SEV2, NOW, later(10)),
        Span(Severity.SEV2, later(30), later(40)),
    ]
    assert [span.what for span in drawn.statuses] == [Status.TRIAGE, Status.RESOLVED, Status.TRIAGE]


def test_kept_late_and_missed_updates_are_told_apart() -> None:
    drawn = of(*usual())
    results = [promise.late_by for promise in drawn.promises]
    assert results == [timedelta(0), timedelta(minutes=4), None]
    assert (drawn.promised, drawn.kept) == (3, 1)


def test_an_update_long_before_it_was_due_is_drawn() -> None:
    drawn = of(declared(), update(3), status(5, Status.TRIAGE, Status.RESOLVED))
    assert [promise.answered_at for promise in drawn.promises] == [later(3)]


def test_notes_and_decisions_are_drawn_and_what_was_struck_is_not() -> None:
    struck = facts.EntryStruck(at=later(20), by=BOB, entry=2)
    drawn = of(declared(), note(1, "wrong"), note(2, "right"), struck)
    assert [entry.fact.text for _, entry in drawn.notes if isinstance(entry.fact, facts.Noted)] == ["right"]
    assert [type(entry.fact).__name__ for _, entry in of(*usual()).notes] == [
        "Noted",
        "Decided",
        "Objected",
        "Noted",
    ]


def test_notes_of_a_duplicate_are_drawn_with_its_reference() -> None:
    other = entries(declared(number=7), note(3, "Also here"))
    drawn = contents(drafted(declared(), note(1, "Here"), duplicates=[(7, other)]))
    assert [source for source, _ in drawn.notes] == ["", "INC-7"]


def test_a_note_before_the_declaration_begins_the_drawing() -> None:
    assert of(declared(), note(-30, "It began")).start == later(-30)


def test_the_moments_are_in_order_and_inside() -> None:
    moments = of(*usual()).moments
    assert moments == sorted(set(moments))
    assert (moments[0], moments[-1]) == (later(-10), later(99))


def test_milestones_are_those_of_the_draft() -> None:
    assert of(*usual()).milestones[0] == (Milestone.STARTED, later(-10))


def test_what_is_too_much_to_tell_apart_is_counted() -> None:
    changes: list[facts.Fact] = []
    for turn in range(200):
        old, new = (Severity.SEV2, Severity.SEV1) if turn % 2 == 0 else (Severity.SEV1, Severity.SEV2)
        changes.append(facts.SeverityChanged(at=later(turn + 1), by=BOB, old=old, new=new))
    decided = [
        facts.Decided(at=later(each), by=BOB, number=each, text="x", until=later(900))
        for each in range(1, 61)
    ]
    drawn = of(declared(), *changes, *decided, *(note(each, "x") for each in range(1, 201)))
    assert len(drawn.severities) <= SPANS_MAX
    assert len(drawn.notes) == NOTES_MAX
    assert sum(isinstance(entry.fact, facts.Decided) for _, entry in drawn.notes) == 50
    assert drawn.left_out == (201 - len(drawn.severities)) + (260 - NOTES_MAX)
    assert {span.what for span in drawn.severities} == {Severity.SEV1, Severity.SEV2}
    assert sum((s.lasted for s in drawn.severities if s.what is Severity.SEV1), timedelta()) > timedelta(
        hours=3
    )
    assert of(declared()).left_out == 0


def test_lanes_beyond_what_fits_are_counted() -> None:
    many = [role(each, Role.EXPERT, f"U0P{each}") for each in range(1, LANES_MAX + 4)]
    drawn = of(declared(), *many)
    assert (len(drawn.lanes), drawn.left_out) == (LANES_MAX, 3)


def test_an_update_after_the_end_is_inside_of_the_drawing() -> None:
    drawn = of(declared(), update(3), status(5, Status.TRIAGE, Status.RESOLVED), note(60, "Invoice came"))
    assert drawn.end == later(60)
    assert drawn.statuses[-1] == Span(Status.RESOLVED, later(5), later(60))
