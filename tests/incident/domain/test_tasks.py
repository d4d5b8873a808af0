"""Tasks: added, given, done, dropped, undone; who is reminded of them, and what Slack must show."""

from datetime import timedelta

import pytest

from bot.core.actor import machine
from bot.core.decision import Refused
from bot.incident.domain import facts, rules
from bot.incident.domain.effects import Invite, ShowTasks, TellAssignee, TellRoom
from bot.incident.domain.facts import people_in
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem import draft
from bot.incident.domain.react import react, react_all
from bot.incident.domain.rules import OPEN_TASKS_MAX, TASK_MAX
from bot.incident.domain.tasks import TaskState, tasks_after
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, RoleEndReason, Status
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    DAVE,
    NOW,
    after,
    decided,
    declared,
    fact,
    later,
    refused,
    resolved,
    with_role,
    with_task,
)


def test_a_task_has_a_number_a_text_a_person_a_time_and_a_link() -> None:
    incident = with_task(with_task(), "  Fail\nover ", assignee=BOB, due_at=later(10), link="https://x/p1")
    first, second = incident.tasks
    assert (first.reference, first.text, first.assignee, first.due_at) == (
        "T1",
        "Check replica lag",
        None,
        None,
    )
    assert (second.reference, second.text, second.assignee) == ("T2", "Fail over", BOB)
    assert (second.due_at, second.link, second.added_by) == (later(10), "https://x/p1", ALICE)
    assert incident.open_tasks == [first, second]


@pytest.mark.parametrize(
    ("text", "due_in", "words", "field"),
    [
        ("", None, "Say what is to be done", "text"),
        (" \u200b ", None, "Say what is to be done", "text"),
        ("x" * (TASK_MAX + 1), None, "at most 300", "text"),
        ("Check", 0, "in the past", "due"),
        ("Check", 31 * 24 * 60, "30 days", "due"),
    ],
)
def test_a_task_that_cannot_be_is_refused(text: str, due_in: float | None, words: str, field: str) -> None:
    due_at = None if due_in is None else later(due_in)
    no = refused(rules.add_task(declared(), text, by=ALICE, now=NOW, due_at=due_at))
    assert words in no.message
    assert no.field == field


def test_a_message_is_made_the_same_task_once() -> None:
    incident = with_task(link="https://x/p1")
    no = refused(rules.add_task(incident, "Check replica lag", by=BOB, now=NOW, link="https://x/p1"))
    assert no.message == "That message is already task T1."
    assert len(with_task(incident, "Fail over", link="https://x/p1").tasks) == 2
    assert len(with_task(incident).tasks) == 2


def test_there_are_at_most_a_hundred_open_tasks() -> None:
    incident = with_task()
    incident = after(incident, rules.finish_task(incident, 1, by=BOB, now=NOW))
    for _ in range(OPEN_TASKS_MAX):
        incident = with_task(incident)
    assert "100 open tasks" in refused(rules.add_task(incident, "One more", by=ALICE, now=NOW)).message
    assert "100 open tasks" in refused(rules.reopen_task(incident, 1, by=ALICE, now=NOW)).message
    incident = after(incident, rules.drop_task(incident, 2, by=BOB, now=NOW))
    assert with_task(incident).tasks[-1].number == OPEN_TASKS_MAX + 2


def test_a_task_is_given_taken_taken_over_and_left_to_whoever_takes_it() -> None:
    incident = with_task()
    incident = after(incident, rules.take_task(incident, 1, by=BOB, now=NOW))
    assert incident.tasks[0].assignee == BOB
    assert "already has task T1" in refused(rules.take_task(incident, 1, by=BOB, now=NOW)).message
    no = refused(rules.take_task(incident, 1, by=CAROL, now=NOW))
    assert no.message == f"<@{BOB}> already has task T1. To take it over: `/incident task 1 me`."
    given = fact(rules.assign_task(incident, 1, CAROL, by=CAROL, now=NOW))
    assert isinstance(given, facts.TaskAssigned)
    assert (given.previous, given.assignee) == (BOB, CAROL)
    incident = after(incident, rules.assign_task(incident, 1, None, by=CAROL, now=NOW))
    assert incident.tasks[0].assignee is None
    assert refused(rules.assign_task(incident, 1, None, by=CAROL, now=NOW)).message == "Nobody has T1."


def test_a_task_is_done_undone_dropped_and_undone() -> None:
    incident = with_task(with_task())
    incident = after(incident, rules.finish_task(incident, 1, by=BOB, now=later(5)))
    assert [task.state for task in incident.tasks] == [TaskState.DONE, TaskState.OPEN]
    assert incident.tasks[0].ended_at == later(5)
    assert "T1 is already done" in refused(rules.finish_task(incident, 1, by=CAROL, now=NOW)).message
    assert "T1 is already done" in refused(rules.assign_task(incident, 1, CAROL, by=CAROL, now=NOW)).message
    assert "T1 is already done" in refused(rules.take_task(incident, 1, by=CAROL, now=NOW)).message
    incident = after(incident, rules.reopen_task(incident, 1, by=BOB, now=NOW))
    assert incident.tasks[0].is_open
    assert incident.tasks[0].ended_at is None
    assert "T1 is open already" in refused(rules.reopen_task(incident, 1, by=CAROL, now=NOW)).message
    incident = after(incident, rules.drop_task(incident, 1, by=BOB, now=NOW))
    assert "T1 is already dropped" in refused(rules.drop_task(incident, 1, by=CAROL, now=NOW)).message
    assert [task.number for task in incident.open_tasks] == [2]


@pytest.mark.parametrize("number", [-1, 0, 2, 10**9])
def test_a_task_that_does_not_exist_is_refused(number: int) -> None:
    for rule in (rules.finish_task, rules.drop_task, rules.reopen_task, rules.take_task):
        no = refused(rule(with_task(), number, by=BOB, now=NOW))
        assert no.message == f"INC-42 has no task T{number}. `/incident tasks` lists them."


def test_a_closed_incident_gets_no_tasks_and_they_change_no_hands() -> None:
    over = resolved(with_task())
    for decision in (
        rules.add_task(over, "Check", by=ALICE, now=NOW),
        rules.assign_task(over, 1, BOB, by=ALICE, now=NOW),
        rules.reopen_task(over, 1, by=ALICE, now=NOW),
        rules.take_task(over, 1, by=ALICE, now=NOW),
    ):
        assert "INC-42 is resolved" in refused(decision).message


def test_what_is_left_open_at_the_end_can_still_be_done_or_dropped() -> None:
    over = resolved(with_task())
    for rule in (rules.finish_task, rules.drop_task):
        assert not after(over, rule(over, 1, by=ALICE, now=NOW)).open_tasks


def test_a_person_who_has_a_task_takes_part_but_is_not_called_for_updates() -> None:
    incident = with_task(assignee=BOB)
    assert BOB in incident.people
    assert BOB not in incident.called
    assert incident.has_duty(BOB)
    assert not incident.has_duty(ALICE)
    done = after(incident, rules.finish_task(incident, 1, by=BOB, now=NOW))
    assert BOB in done.people
    assert not done.has_duty(BOB)
    assert with_role(done, Role.SCRIBE, BOB).has_duty(BOB)


def test_a_task_is_due_at_its_time_until_it_is_done_or_the_incident_is_over() -> None:
    incident = with_task(with_task(assignee=BOB, due_at=later(10)), due_at=later(20))
    assert incident.due_tasks(later(9)) == []
    assert incident.next_task_due(NOW) == later(10)
    assert incident.due_tasks(later(10)) == [incident.tasks[0]]
    assert incident.next_task_due(later(10)) == later(20)
    assert incident.next_task_due(later(20)) is None
    done = after(incident, rules.finish_task(incident, 1, by=BOB, now=NOW))
    assert done.due_tasks(later(30)) == [done.tasks[1]]
    over = resolved(incident)
    assert over.due_tasks(later(30)) == []
    assert over.next_task_due(NOW) is None


def test_whoever_has_a_task_is_reminded_and_otherwise_whoever_added_it() -> None:
    incident = with_task(with_task(assignee=BOB))
    assert [task.reminded for task in incident.tasks] == [BOB, ALICE]


def test_a_person_who_leaves_has_no_tasks_and_no_roles_any_more() -> None:
    incident = with_task(with_task(with_task(assignee=BOB), assignee=CAROL), assignee=BOB)
    (freed,) = decided(rules.end_roles_and_tasks(incident, BOB, RoleEndReason.LEFT, now=NOW))
    assert freed == facts.TasksFreed(at=NOW, by=BOB, person=BOB, numbers=(1, 3), why=RoleEndReason.LEFT)
    left = after(incident, (freed,))
    assert [task.assignee for task in left.tasks] == [None, CAROL, None]
    scribe = with_role(incident, Role.SCRIBE, BOB)
    ended, freed = decided(rules.end_roles_and_tasks(scribe, BOB, RoleEndReason.DEACTIVATED, now=NOW))
    assert isinstance(ended, facts.RolesEnded)
    assert isinstance(freed, facts.TasksFreed)
    assert isinstance(rules.end_roles_and_tasks(incident, DAVE, RoleEndReason.LEFT, now=NOW), Refused)
    assert isinstance(rules.end_roles_and_tasks(resolved(scribe), BOB, RoleEndReason.LEFT, now=NOW), Refused)


def test_a_new_task_is_shown_in_the_list_and_told_to_its_person_only() -> None:
    incident = with_task(assignee=BOB)
    added = facts.TaskAdded(at=NOW, by=ALICE, number=1, text="Check", assignee=BOB)
    assert react(Entry(7, added), incident) == (ShowTasks(), Invite((BOB,)), TellAssignee(7))
    own = facts.TaskAssigned(at=NOW, by=BOB, number=1, text="Check", assignee=BOB)
    assert react(Entry(7, own), incident) == (ShowTasks(), Invite((BOB,)))
    for quiet in (
        facts.TaskAdded(at=NOW, by=ALICE, number=1, text="Check"),
        facts.TaskAssigned(at=NOW, by=ALICE, number=1, text="Check", assignee=None, previous=BOB),
        facts.TaskDone(at=NOW, by=ALICE, number=1, text="Check"),
        facts.TaskReopened(at=NOW, by=ALICE, number=1, text="Check"),
        facts.TaskDropped(at=NOW, by=ALICE, number=1, text="Check"),
    ):
        assert react(Entry(7, quiet), incident) == (ShowTasks(),)


def test_the_room_is_told_once_that_somebody_with_tasks_is_gone() -> None:
    incident = with_task(assignee=BOB)
    freed = facts.TasksFreed(at=NOW, by=BOB, person=BOB, numbers=(1,), why=RoleEndReason.LEFT)
    assert react_all([Entry(7, freed)], incident) == (ShowTasks(), TellRoom(7))
    ended = facts.RolesEnded(at=NOW, by=BOB, person=BOB, roles=(Role.SCRIBE,), why=RoleEndReason.LEFT)
    effects = react_all([Entry(7, ended), Entry(8, freed)], incident)
    assert [effect for effect in effects if type(effect) is TellRoom] == [TellRoom(7)]
    assert ShowTasks() in effects


def test_the_list_changes_when_the_incident_ends_or_is_reopened_if_there_are_tasks() -> None:
    ends = facts.StatusChanged(at=NOW, by=ALICE, old=Status.TRIAGE, new=Status.RESOLVED)
    again = facts.StatusChanged(at=NOW, by=ALICE, old=Status.RESOLVED, new=Status.MITIGATING)
    between = facts.StatusChanged(at=NOW, by=ALICE, old=Status.TRIAGE, new=Status.MITIGATED)
    assert ShowTasks() in react(Entry(7, ends), resolved(with_task()))
    assert ShowTasks() in react(Entry(7, again), with_task())
    assert ShowTasks() not in react(Entry(7, between), with_task())
    assert ShowTasks() not in react(Entry(7, ends), resolved())


def test_the_facts_name_their_people() -> None:
    added = facts.TaskAdded(at=NOW, by=ALICE, number=1, text="Check", assignee=BOB)
    given = facts.TaskAssigned(at=NOW, by=ALICE, number=1, text="Check", assignee=CAROL, previous=BOB)
    freed = facts.TasksFreed(at=NOW, by=BOB, person=BOB, numbers=(1,), why=RoleEndReason.LEFT)
    done = facts.TaskDone(at=NOW, by=ALICE, number=1, text="Check")
    assert [people_in(each) for each in (added, given, freed, done)] == [(BOB,), (CAROL, BOB), (BOB,), ()]


def test_an_unknown_fact_is_no_change_of_a_task() -> None:
    with pytest.raises(ValueError, match="TaskFact is no fact about a task"):
        tasks_after((), facts.TaskFact(at=NOW, by=ALICE))


def test_the_draft_has_the_tasks_that_are_left_open(policy: Policy) -> None:
    incident = with_task(with_task(), "Fail over")
    incident = after(incident, rules.finish_task(incident, 1, by=BOB, now=NOW))
    assert [task.number for task in draft(incident, [], policy, later(60)).tasks] == [2]


def test_a_machine_may_add_a_task() -> None:
    incident = declared()
    by = machine("Alertmanager")
    added = after(
        incident, rules.add_task(incident, "Check", by=by, now=NOW, due_at=NOW + timedelta(hours=1))
    )
    assert added.tasks[0].reminded == by
