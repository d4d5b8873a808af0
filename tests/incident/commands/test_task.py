"""`/incident task`, `tasks` and `mine`, their buttons, the form and the shortcut."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.core.people import Profile
from bot.incident.commands import registry
from bot.incident.commands.questions import ask_where_to_note
from bot.incident.commands.request import ChangeIncident, MarkedMessage, Outcome, Request, Show
from bot.incident.commands.task_arguments import NewTask, TaskChange, parse
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.shortlist import ListedIncident, Shortlist
from tests.incident.commands.factory import (
    APP,
    PEOPLE,
    STRANGER,
    change,
    form,
    press,
    refusal,
    reply,
    request,
    say,
    submit,
    use,
)
from tests.incident.domain.situations import (
    ALICE,
    BOB,
    CAROL,
    NOW,
    after,
    declared,
    later,
    resolved,
    with_task,
)
from tests.incident.views.reading import buttons, initial, said

GUEST = "U0GUEST"


def added(outcome: Outcome, incident: Incident | None = None) -> facts.TaskAdded:
    fact = change(outcome, incident or declared())
    assert isinstance(fact, facts.TaskAdded)
    return fact


def answered(outcome: Outcome, incident: Incident) -> str:
    """What the person reads once it is done."""
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done
    return said(outcome.done(after(incident, outcome.decide(incident))))


def press_task(
    action_id: str, incident: Incident, number: object = 1, shown: str = "list", **given: Any
) -> Outcome:
    return press(action_id, incident, metadata={"number": 42, "task": number, "shown": shown}, **given)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("check replica lag", NewTask("", "check replica lag")),
        ("<@U0BOB> check lag", NewTask("<@U0BOB>", "check lag")),
        ("<@U0BOB|Bob Brown>: check lag", NewTask("<@U0BOB|Bob Brown>", "check lag")),
        ("@bob check lag", NewTask("@bob", "check lag")),
        ("me check lag", NewTask("me", "check lag")),
        ("me: check lag", NewTask("me", "check lag")),
        ("mention it to the vendor", NewTask("", "mention it to the vendor")),
        ("done 2", TaskChange("done", 2)),
        ("Done T2", TaskChange("done", 2)),
        ("t2 done", TaskChange("done", 2)),
        ("undo 2", TaskChange("undo", 2)),
        ("2 reopen", TaskChange("undo", 2)),
        ("drop 2", TaskChange("drop", 2)),
        ("take 2", TaskChange("take", 2)),
        ("2 me", TaskChange("me", 2)),
        ("2 nobody", TaskChange("nobody", 2)),
        ("2 <@U0BOB|Bob Brown>", TaskChange("give", 2, "<@U0BOB|Bob Brown>")),
        ("T2 to @bob", TaskChange("give", 2, "@bob")),
        ("done", TaskChange("done", None)),
        ("drop", TaskChange("drop", None)),
        ("2 replicas", NewTask("", "2 replicas")),
        ("restart 2", NewTask("", "restart 2")),
        ("done 2 of 3", NewTask("", "done 2 of 3")),
        ("done with it", NewTask("", "done with it")),
    ],
)
def test_only_a_word_and_a_number_alone_are_about_an_existing_task(
    typed: str, meant: NewTask | TaskChange
) -> None:
    assert parse(typed) == meant


def test_a_task_is_added_for_a_person_with_a_time() -> None:
    fact = added(say(f"task <@{BOB}> check replica lag in 10 min", declared()))
    assert (fact.text, fact.assignee, fact.due_at) == ("check replica lag", BOB, later(10))
    assert (fact.number, fact.by, fact.at) == (1, CAROL, NOW)


def test_a_time_of_day_is_in_the_zone_of_whoever_types_it() -> None:
    fact = added(say("todo check lag at 15:30", declared(), actor=ALICE))
    assert fact.due_at == NOW + timedelta(minutes=30)
    unknown = refusal(replace_people("task check lag at 15:30", {}))
    assert "your time zone" in unknown.message


def replace_people(words: str, people: dict[str, Profile]) -> Outcome:
    typed = request(words.removeprefix("task "), incident=declared())
    return registry.COMMANDS["task"].action.handle(replace(typed, people=people))


def test_me_is_whoever_types_it_and_nobody_is_needed() -> None:
    assert added(say("task me check lag", declared())).assignee == CAROL
    assert added(say("task check lag", declared())).assignee is None


@pytest.mark.parametrize("before", ["task @bobb check lag", "task 1 @bobb"])
def test_a_person_who_is_not_known_is_refused(before: str) -> None:
    assert "I do not know @bobb" in refusal(say(before, with_task())).message


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (APP, "An app cannot take a task"),
        (STRANGER, "I do not know <@U0STRANGER>"),
        (GUEST, "is a guest and not in the war room"),
        ("U0GONE", "was deactivated in Slack"),
    ],
)
def test_people_who_cannot_have_a_role_cannot_have_a_task(person: str, words: str) -> None:
    people = {
        **PEOPLE,
        GUEST: Profile(GUEST, "Gina", is_guest=True),
        "U0GONE": Profile("U0GONE", "Gus", is_active=False),
    }
    assert words in refusal(replace_people(f"task <@{person}> check lag", people)).message
    filled = request(incident=declared(), fields={"text": "Check", "person": person})
    no = refusal(registry.FORMS["task"].handle(replace(filled, people=people)))
    assert words.replace(" <@U0STRANGER>", " them") in no.message
    assert no.field == "person"


def test_whoever_adds_a_task_reads_which_one_it_is() -> None:
    before = with_task()
    text = answered(say(f"task <@{BOB}> Fail over", before), before)
    assert f"Task *T2* of *INC-42* added for <@{BOB}>: Fail over" in text


def test_an_answer_that_comes_late_is_about_the_own_task() -> None:
    outcome = say("task Fail over", declared())
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done
    state = after(declared(), outcome.decide(declared()))
    assert "*T1*" in said(outcome.done(with_task(state, "Another")))
    assert "*T1*" in said(outcome.done(with_task()))


@pytest.mark.parametrize("words", ["task", "task   "])
def test_without_text_the_form_opens(words: str) -> None:
    assert form(say(words, declared()))["callback_id"] == "task"
    assert form(press("task_new", declared()))["callback_id"] == "task"
    assert "resolved" in refusal(say(words, resolved())).message


def test_the_form_adds_a_task() -> None:
    due = int(later(30).timestamp())
    fact = added(submit("task", declared(), text="Check", person=BOB, due=due))
    assert (fact.text, fact.assignee, fact.due_at, fact.link) == ("Check", BOB, later(30), "")
    assert added(submit("task", declared(), text="Check")).assignee is None


def test_a_task_made_from_a_message_has_its_text_and_link() -> None:
    message = MarkedMessage("C1", "1.000100", f"Can <@{BOB}> look\nat *db-2*?")
    view = form(use("make_task", declared(), message=message, metadata={"link": "https://example.com/p1"}))
    assert initial(view, "text") == "Can @Bob Brown look at *db-2*?"
    filled = request(
        incident=declared(), fields={"text": "Look"}, metadata={"link": "https://example.com/p1"}
    )
    assert added(registry.FORMS["task"].handle(filled)).link == "https://example.com/p1"
    assert "resolved" in refusal(use("make_task", resolved(), message=message)).message


def test_a_message_of_another_channel_asks_which_incident_and_keeps_text_and_link() -> None:
    carried = {"mark": ["C9", "1.1"], "shortcut": "make_task", "text": "Look at db-2", "link": "https://x/p1"}
    asked = request("Look at db-2", incident=declared(), metadata=carried)
    message = MarkedMessage("C9", "1.1")
    outcome = registry.BUTTONS["chosen"].handle(replace(asked, message=message))
    assert initial(form(outcome), "text") == "Look at db-2"
    assert "https://x/p1" in form(outcome)["private_metadata"]


def test_the_question_which_incident_a_message_belongs_to_carries_what_the_form_needs() -> None:
    message = MarkedMessage("C9", "1.1", "x" * 2000)
    listed = Shortlist([ListedIncident(declared(), "C0ROOM")], 1)
    for shortcut, more in (
        ("make_task", {"shortcut": "make_task", "text": "x" * 299 + "…", "link": "https://x/p1"}),
        ("add_to_timeline", {"shortcut": "add_to_timeline"}),
    ):
        marked = request(message=message, open_incidents=listed, metadata={"link": "https://x/p1"})
        asked = ask_where_to_note(replace(marked, shortcut=shortcut))
        assert asked
        assert json.loads(buttons(asked)["chosen"]["value"]) == {"number": 42, "mark": ["C9", "1.1"], **more}
    assert ask_where_to_note(request(message=message)) is None


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("task done 1", facts.TaskDone),
        ("task drop 1", facts.TaskDropped),
        (f"task 1 <@{BOB}>", facts.TaskAssigned),
        ("task take 1", facts.TaskAssigned),
        ("task 1 me", facts.TaskAssigned),
    ],
)
def test_a_task_is_changed_by_a_word_and_its_number(words: str, kind: type[facts.TaskFact]) -> None:
    before = with_task()
    assert isinstance(change(say(words, before), before), kind)
    assert "Task *T1* of *INC-42* is" in answered(say(words, before), before)


def test_a_task_is_undone_and_left_to_nobody_by_a_word() -> None:
    done = after(with_task(), rules.finish_task(with_task(), 1, by=BOB, now=NOW))
    assert isinstance(change(say("task undo 1", done), done), facts.TaskReopened)
    theirs = with_task(assignee=BOB)
    given = change(say("task 1 nobody", theirs), theirs)
    assert isinstance(given, facts.TaskAssigned)
    assert (given.assignee, given.previous) == (None, BOB)


def test_without_a_number_it_is_the_only_task_that_one_has() -> None:
    mine = with_task(with_task(), assignee=CAROL)
    done = change(say("task done", mine), mine)
    assert isinstance(done, facts.TaskDone)
    assert done.number == 2
    assert "Say which task: `/incident task done 2`" in refusal(say("task done", with_task())).message


@pytest.mark.parametrize(
    ("action_id", "kind"), [("task_done", facts.TaskDone), ("task_take", facts.TaskAssigned)]
)
def test_a_press_in_the_list_needs_no_answer_because_the_list_changes(
    action_id: str, kind: type[facts.TaskFact]
) -> None:
    outcome = press_task(action_id, with_task())
    assert isinstance(change(outcome, with_task()), kind)
    assert isinstance(outcome, ChangeIncident)
    assert outcome.done is None


@pytest.mark.parametrize(
    ("shown", "words"),
    [("private", "*Tasks of INC-42*: 0 open, 1 done"), ("direct", "T1* of *INC-42* is done")],
)
def test_a_press_elsewhere_is_answered_in_place(shown: str, words: str) -> None:
    outcome = press_task("task_done", with_task(), shown=shown)
    assert words in answered(outcome, with_task())
    assert isinstance(outcome, ChangeIncident)
    assert outcome.in_place


def test_a_press_on_undo_undoes() -> None:
    done = after(with_task(), rules.finish_task(with_task(), 1, by=BOB, now=NOW))
    assert isinstance(change(press_task("task_undo", done), done), facts.TaskReopened)


@pytest.mark.parametrize("number", [None, "1", 0, -1, 99, [1], 1.5])
@pytest.mark.parametrize(
    "action_id", ["task_done", "task_undo", "task_take", "mine_task_done", "home_task_done"]
)
def test_a_forged_number_is_refused(action_id: str, number: object) -> None:
    for shown in ("list", "private", "direct"):
        no = refusal(press_task(action_id, with_task(), number, shown), with_task())
        assert "INC-42 has no task T" in no.message


def test_tasks_shows_the_list_to_whoever_asks() -> None:
    assert "*T1* Check replica lag" in reply(say("tasks", with_task()))
    assert "none yet" in reply(say("todos", declared()))


def of_carol(incident: Incident, metadata: dict[str, Any] | None = None) -> Request:
    asked = request(incident=incident, metadata=metadata)
    return replace(
        asked,
        mine=Shortlist(
            [ListedIncident(declared(number=9, commander=CAROL), None), ListedIncident(incident, "C1")], 2
        ),
    )


def test_mine_shows_the_actors_own_roles_and_tasks() -> None:
    told = registry.COMMANDS["mine"].action.handle(of_carol(with_task(assignee=CAROL)))
    assert "You are *Incident Commander* of *INC-9*" in reply(told)
    assert "*T1* Check replica lag" in reply(told)
    assert "no role and no task" in reply(say("my"))


def test_a_press_in_mine_shows_what_is_left_and_can_be_undone() -> None:
    before = with_task(with_task(assignee=CAROL), "Fail over", assignee=CAROL)
    pressed = of_carol(before, {"number": 42, "task": 1})
    outcome = registry.BUTTONS["mine_task_done"].handle(pressed)
    text = answered(outcome, before)
    assert "Task *T1* of *INC-42* is done: Check replica lag" in text
    assert "*T2* Fail over" in text
    done = after(before, rules.finish_task(before, 1, by=CAROL, now=NOW))
    undone = registry.BUTTONS["mine_task_undo"].handle(pressed)
    assert "*T1* Check replica lag" in answered(undone, done)
    assert isinstance(undone, ChangeIncident)
    assert undone.in_place


def test_a_press_on_the_home_tab_marks_it_as_done() -> None:
    before = with_task(assignee=CAROL)
    pressed = registry.BUTTONS["home_task_done"].handle(of_carol(before, {"number": 42, "task": 1}))
    assert isinstance(change(pressed, before), facts.TaskDone)


def test_a_reaction_makes_a_task_once_whoever_marks_the_message() -> None:
    message = MarkedMessage(channel="C1", ts="1.1", by_reaction=True)
    outcomes = [use("make_task", declared(), message=message, actor=who) for who in (ALICE, BOB)]
    assert all(isinstance(each, Show) and each.once == "task:C1:1.1" for each in outcomes)


def test_a_reaction_is_refused_where_there_can_be_no_more_tasks() -> None:
    message = MarkedMessage(channel="C1", ts="1.1", by_reaction=True)
    assert "is resolved" in reply(use("make_task", resolved(), message=message))
