"""Tasks as people see them: the list, its private copy, the messages to one person, and the person's own tasks."""

import json
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.blocks import Message
from bot.incident.commands import registry
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.roles import DEFAULT_ROLES
from bot.incident.domain.rules import OPEN_TASKS_MAX, TASK_MAX, TITLE_MAX
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role, RoleEndReason
from bot.incident.views import modals, task_messages
from bot.incident.views.facts import link, sentence
from bot.incident.views.messages import fact_message
from bot.incident.views.mine import MINE_MAX, TASKS_MAX, mine
from bot.incident.views.task_sentences import task_sentence
from bot.incident.views.tasks import Shown, task_list
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    later,
    resolved,
    with_role,
    with_task,
)
from tests.incident.views.hostile_texts import TEXTS, titles, typed
from tests.incident.views.limits import fits
from tests.incident.views.reading import buttons, initial, objects, required, said

NAMES = {BOB: "Bob Brown", CAROL: "Carol Chen"}

registry.discover()


def finished(incident: Incident, *numbers: int, at: datetime = NOW) -> Incident:
    for number in numbers:
        incident = after(incident, rules.finish_task(incident, number, by=BOB, now=at))
    return incident


def values(message: Message, action_id: str) -> list[dict[str, object]]:
    return [
        json.loads(each["value"]) for each in objects(message.blocks) if each.get("action_id") == action_id
    ]


def three() -> Incident:
    """Bob's with a reminder, nobody's from a message, and one that is done."""
    incident = with_task(assignee=BOB, due_at=later(10))
    incident = with_task(incident, "Ask <@U0CAROL> about *it*", link="https://example.com/p1")
    return finished(with_task(incident, "Fail over"), 3)


def test_the_list_has_a_section_with_buttons_for_each_open_task() -> None:
    shown = task_list(three())
    text = said(shown)
    assert "*Tasks of INC-42*: 2 open, 1 done" in text
    assert f"*T1* Check replica lag\n<@{BOB}> · reminder <!date^" in text
    assert "*T2* Ask <@U0CAROL> about *it*\nnobody yet · from <https://example.com/p1|this message>" in text
    assert [each["task"] for each in values(shown, "task_done")] == [1, 2]
    assert values(shown, "task_take") == [{"number": 42, "task": 2, "shown": "list"}]
    assert buttons(shown)["task_new"]["value"] == "42"
    assert set(buttons(shown)) <= set(registry.BUTTONS)
    fits(shown)


def test_what_is_done_is_struck_through_and_can_be_undone() -> None:
    shown = task_list(three())
    assert ":white_check_mark: *T3* ~Fail over~" in said(shown)
    assert [each["task"] for each in values(shown, "task_undo")] == [3]


def test_of_many_that_are_done_the_last_are_shown_and_the_others_counted() -> None:
    incident = declared()
    for _ in range(8):
        incident = with_task(incident)
    incident = finished(incident, 4, 5, 6, 7, 8)
    incident = finished(incident, 1, 2, at=later(5))
    shown = task_list(incident)
    assert [each["task"] for each in values(shown, "task_undo")] == [2, 1, 8, 7, 6]
    assert "and 2 more done" in said(shown)


def test_what_is_dropped_is_in_no_list() -> None:
    incident = after(with_task(), rules.drop_task(with_task(), 1, by=BOB, now=NOW))
    assert "T1" not in said(task_list(incident))


def test_without_tasks_the_list_says_how_to_add_one() -> None:
    assert "none yet" in said(task_list(declared()))
    assert "/incident task @person" in said(task_list(declared()))
    assert "*Tasks of INC-42*: none" in said(task_list(resolved()))


def test_a_list_with_names_mentions_nobody() -> None:
    text = said(task_list(three(), NAMES))
    assert "*T1* Check replica lag\nBob Brown" in text
    assert "Ask @Carol Chen about" in text
    assert "<@" not in text
    assert "somebody" in said(task_list(three(), {}))


def test_a_closed_incidents_list_has_no_buttons_and_no_reminders_and_says_what_is_left() -> None:
    shown = task_list(resolved(three()))
    assert "reminder" not in said(shown)
    assert buttons(shown) == {}
    assert "2 left open, 1 done" in said(shown)


def test_a_hundred_tasks_fit_and_those_without_a_button_say_how_they_are_done() -> None:
    incident = declared()
    for _ in range(OPEN_TASKS_MAX):
        incident = with_task(incident, assignee=BOB)
    shown = task_list(incident)
    fits(shown)
    assert said(shown).count("Check replica lag") == OPEN_TASKS_MAX
    assert [each["task"] for each in values(shown, "task_done")] == list(range(1, 40))
    assert "`/incident task done 40`" in said(shown)


def test_the_longest_tasks_fit_and_are_counted() -> None:
    incident = declared()
    for _ in range(OPEN_TASKS_MAX):
        incident = with_task(incident, "&" * TASK_MAX)
    incident = finished(incident, *range(1, 8))
    for shown in (task_list(incident), task_list(incident, NAMES), task_list(resolved(incident))):
        fits(shown)
        assert " more" in said(shown)


@pytest.mark.parametrize("role", [Role.SCRIBE, Role.COMMANDER])
def test_the_message_about_somebody_who_is_gone_names_the_tasks_that_nobody_has(role: str) -> None:
    ended = facts.RolesEnded(at=NOW, by=BOB, person=BOB, roles=(role,), why=RoleEndReason.LEFT)
    incident = with_task(with_task(), assignee=CAROL)
    assert "Open tasks that nobody has: T1" in said(fact_message(Entry(7, ended), incident, {}))
    assert "nobody has: T" not in said(fact_message(Entry(7, ended), declared(), {}))
    unassigned = facts.RolesEnded(at=NOW, by=BOB, person=BOB, roles=(role,), why=RoleEndReason.UNASSIGNED)
    assert "nobody has: T" not in said(fact_message(Entry(7, unassigned), incident, {}))


def test_whoever_adds_a_task_reads_its_number_its_person_and_its_time() -> None:
    incident = with_task(with_task(assignee=BOB, due_at=later(10)), assignee=ALICE)
    for_bob, for_her = incident.tasks
    text = said(task_messages.added(incident, for_bob, ALICE))
    assert f"Task *T1* of *INC-42* added for <@{BOB}>: Check replica lag" in text
    assert "They are told privately. Reminder: <!date^" in text
    text = said(task_messages.added(incident, for_her, ALICE))
    assert "added for you: Check replica lag\nNo reminder. The list is" in text
    text = said(task_messages.added(with_task(), with_task().tasks[0], ALICE))
    assert "Task *T1* of *INC-42* added: Check replica lag\nNo reminder." in text


def test_whoever_changes_a_task_reads_how_it_is_now() -> None:
    incident = with_task(assignee=BOB)
    free = after(incident, rules.assign_task(incident, 1, None, by=ALICE, now=NOW))
    done = finished(incident, 1)
    dropped = after(incident, rules.drop_task(incident, 1, by=ALICE, now=NOW))
    told = [said(task_messages.changed(each, each.tasks[0])) for each in (incident, free, done, dropped)]
    assert f"Task *T1* of *INC-42* is <@{BOB}>'s: Check replica lag" in told[0]
    assert "is open, and nobody has it: Check" in told[1]
    assert "is done: Check" in told[2]
    assert "is dropped: Check" in told[3]


def test_an_assignee_is_told_what_by_whom_and_where() -> None:
    incident = with_task(assignee=BOB, due_at=later(10), link="https://example.com/p1")
    shown = task_messages.given(incident, incident.tasks[0], ALICE, "C0ROOM")
    text = said(shown)
    assert f"<@{ALICE}> gave you task *T1* of *INC-42* Checkout is failing · <#C0ROOM>" in text
    assert ">Check replica lag" in text
    assert "reminder <!date^" in text
    assert "from <https://example.com/p1|this message>" in text
    assert values(shown, "task_done") == [{"number": 42, "task": 1, "shown": "direct"}]
    assert "<#" not in said(
        task_messages.given(with_task(assignee=BOB), with_task(assignee=BOB).tasks[0], ALICE, None)
    )


def test_a_reminder_has_done_and_take_it_if_nobody_has_the_task() -> None:
    theirs, free = with_task(assignee=BOB), with_task()
    assert "Task *T1* is due. *INC-42*" in said(task_messages.due(theirs, theirs.tasks[0], None))
    assert set(buttons(task_messages.due(theirs, theirs.tasks[0], None))) == {"task_done"}
    assert "is due. Nobody has taken it. *INC-42*" in said(task_messages.due(free, free.tasks[0], None))
    assert set(buttons(task_messages.due(free, free.tasks[0], None))) == {"task_done", "task_take"}


def test_after_a_press_the_direct_message_says_how_it_is_and_can_be_undone() -> None:
    done = finished(with_task(assignee=BOB), 1)
    assert "is done" in said(task_messages.single(done, done.tasks[0]))
    assert set(buttons(task_messages.single(done, done.tasks[0]))) == {"task_undo"}
    over = resolved(done)
    assert buttons(task_messages.single(over, over.tasks[0])) == {}


@pytest.mark.parametrize(
    ("fact", "words"),
    [
        (
            facts.TaskAdded(at=NOW, by=ALICE, number=1, text="Check", assignee=BOB, due_at=later(9)),
            f"Task T1 added for <@{BOB}>: Check (by <@{ALICE}>, reminder <!date^",
        ),
        (facts.TaskAdded(at=NOW, by=ALICE, number=1, text="Check"), f"Task T1 added: Check (by <@{ALICE}>)"),
        (
            facts.TaskAssigned(at=NOW, by=ALICE, number=1, text="Check", assignee=BOB, previous=CAROL),
            f"Task T1 given to <@{BOB}>, until now <@{CAROL}>'s: Check (by <@{ALICE}>)",
        ),
        (
            facts.TaskAssigned(at=NOW, by=BOB, number=1, text="Check", assignee=BOB),
            f"<@{BOB}> took task T1: Check",
        ),
        (
            facts.TaskAssigned(at=NOW, by=ALICE, number=1, text="Check", assignee=None, previous=CAROL),
            f"Nobody has task T1 now, until now <@{CAROL}>'s: Check (by <@{ALICE}>)",
        ),
        (facts.TaskDone(at=NOW, by=ALICE, number=1, text="Check"), f"Task T1 done: Check (by <@{ALICE}>)"),
        (
            facts.TaskReopened(at=NOW, by=ALICE, number=1, text="Check"),
            f"Task T1 is open again: Check (by <@{ALICE}>)",
        ),
        (
            facts.TaskDropped(at=NOW, by=ALICE, number=1, text="Check"),
            f"Task T1 dropped: Check (by <@{ALICE}>)",
        ),
        (
            facts.TasksFreed(at=NOW, by=BOB, person=BOB, numbers=(1, 2, 5), why=RoleEndReason.LEFT),
            f"<@{BOB}> left the room: nobody has tasks T1, T2 and T5 now",
        ),
        (
            facts.TasksFreed(at=NOW, by=BOB, person=BOB, numbers=(1,), why=RoleEndReason.DEACTIVATED),
            f"<@{BOB}> was deactivated in Slack: nobody has task T1 now",
        ),
    ],
)
def test_every_fact_has_a_sentence(fact: facts.TaskFact, words: str) -> None:
    assert task_sentence(fact).startswith(words)


def test_a_fact_without_a_sentence_is_noticed() -> None:
    with pytest.raises(ValueError, match="TaskFact is no fact about a task"):
        task_sentence(facts.TaskFact(at=NOW, by=ALICE))


def test_the_timeline_links_to_the_message_of_a_task() -> None:
    made = facts.TaskAdded(at=NOW, by=ALICE, number=1, text="Check", link="https://example.com/p1")
    assert link(made) == "https://example.com/p1"
    assert sentence(made) == task_sentence(made)


def test_the_room_reads_whose_tasks_are_free() -> None:
    freed = facts.TasksFreed(at=NOW, by=BOB, person=BOB, numbers=(1,), why=RoleEndReason.LEFT)
    assert "Bob Brown left the room: nobody has task T1 now" in said(
        fact_message(Entry(7, freed), with_task(), NAMES)
    )


def test_the_form_has_a_text_a_person_and_a_time_of_which_only_the_text_is_needed() -> None:
    view = modals.task(declared(), text="x" * 400, link="https://example.com/p1")
    assert required(view) == {"text"}
    assert len(initial(view, "text") or "") == TASK_MAX
    assert json.loads(view["private_metadata"]) == {"number": 42, "link": "https://example.com/p1"}
    assert "From <https://example.com/p1|this message>" in said(view)
    assert "this message" not in said(modals.task(declared()))


def listed(*incidents: Incident) -> Shortlist:
    return Shortlist([ListedIncident(each, "C0ROOM") for each in incidents], len(incidents))


def test_mine_has_roles_and_tasks_of_all_incidents_with_their_rooms() -> None:
    first = with_role(with_task(declared(number=1), assignee=CAROL), Role.SCRIBE, BOB)
    second = with_task(with_task(declared(number=2), assignee=BOB), "Not Bob's")
    shown = mine(listed(first, second), BOB, DEFAULT_ROLES, NOW)
    assert "*Your roles*\n• You are *Scribe* of *INC-1* Checkout is failing · <#C0ROOM>" in said(shown)
    assert "*Your tasks*\n*T1* Check replica lag\n*INC-2* Checkout is failing · <#C0ROOM>" in said(shown)
    assert values(shown, "mine_task_done") == [{"number": 2, "task": 1, "shown": ""}]
    assert "Not Bob's" not in said(shown)
    assert "You are" not in said(mine(listed(second), BOB, DEFAULT_ROLES, NOW))


def test_without_duties_mine_says_so_and_what_was_just_done_can_be_undone() -> None:
    assert "You have no role and no task" in said(mine(Shortlist(), BOB, DEFAULT_ROLES, NOW))
    done = finished(with_task(assignee=BOB), 1)
    shown = mine(listed(done), BOB, DEFAULT_ROLES, NOW, (done, done.tasks[0]))
    assert "Task *T1* of *INC-42* is done: Check replica lag" in said(shown)
    assert values(shown, "mine_task_undo") == [{"number": 42, "task": 1, "shown": ""}]


def test_mine_names_the_incidents_that_cannot_be_read() -> None:
    damaged = mine(Shortlist((), 1, [7]), BOB, DEFAULT_ROLES, NOW)
    assert "INC-7 cannot be read" in said(damaged)
    assert "You have no role" not in said(damaged)
    beside = mine(
        replace(listed(with_role(declared(), Role.SCRIBE, BOB)), unreadable=[7]), BOB, DEFAULT_ROLES, NOW
    )
    assert "You are *Scribe* of *INC-42*" in said(beside)
    assert "INC-7 cannot be read" in said(beside)


@TEXTS
@given(title=titles, text=typed, count=st.integers(1, 4))
@example(title="&" * TITLE_MAX, text="&" * TASK_MAX, count=4)
@example(title="x", text="```~*_", count=1)
def test_whatever_is_typed_every_view_of_tasks_fits_and_is_harmless(
    title: str, text: str, count: int
) -> None:
    words = " ".join(text[:TASK_MAX].split()) or "x"
    incident = with_role(declared(title), Role.SCRIBE, BOB)
    for number in range(1, 31):
        added = facts.TaskAdded(
            at=NOW, by=ALICE, number=number, text=words, assignee=BOB if number % count else None, due_at=NOW
        )
        incident = evolve(incident, added)
    incident = evolve(incident, facts.TaskDone(at=NOW, by=ALICE, number=1, text=words))
    one, names = incident.tasks[0], {BOB: title}
    for shown in (
        task_list(incident),
        task_list(incident, names),
        task_list(resolved(incident)),
        task_list(incident, shown=Shown.PRIVATE),
        task_messages.added(incident, one, ALICE),
        task_messages.changed(incident, one),
        task_messages.given(incident, one, ALICE, "C0ROOM"),
        task_messages.due(incident, incident.tasks[1], "C0ROOM"),
        task_messages.single(incident, one),
        mine(listed(*[incident] * MINE_MAX), BOB, DEFAULT_ROLES, NOW, (incident, one)),
        modals.task(incident, text=text, link="https://example.com/p1"),
    ):
        fits(shown)


def test_a_person_with_too_many_tasks_reads_how_many_more_there_are() -> None:
    incident = declared()
    for _ in range(TASKS_MAX + 2):
        incident = with_task(incident, "x", assignee=BOB)
    text = said(mine(listed(incident), BOB, DEFAULT_ROLES, NOW))
    assert "and 2 more: `/incident tasks` in their war rooms" in text
