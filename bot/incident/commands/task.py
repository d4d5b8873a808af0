"""`/incident task`: add a task, give it to somebody, mark it as done; also from a message and by button."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.core import mentions, times_ahead
from bot.core.blocks import Message
from bot.core.decision import Refused
from bot.core.dedup import DedupKey, same_words
from bot.core.times import Unclear
from bot.core.tokens import in_words
from bot.incident.commands.assign import no_such_person
from bot.incident.commands.registry import INCIDENT, button, command, form, shortcut
from bot.incident.commands.request import (
    ChangeIncident,
    MarkedMessage,
    OpenForm,
    Outcome,
    Reply,
    Request,
    Show,
    Wants,
    moment,
)
from bot.incident.commands.task_arguments import NewTask, TaskChange, parse
from bot.incident.domain import rules
from bot.incident.domain.effects import MakeTask
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.domain.tasks import Task, of_person
from bot.incident.views import modals
from bot.incident.views import task_messages as views
from bot.incident.views.replies import answer as reply
from bot.incident.views.replies import refusal
from bot.incident.views.tasks import DONE, DROP, NEW, TAKE, UNDO, Shown, task_list

A_TASK = "task"


def needed_to_settle(request: Request) -> tuple[Capability]:
    """Everybody may finish their own tasks, and undo that."""
    return _needed_for(request, pressed_number(request))


def _needed(request: Request) -> tuple[Capability]:
    asked = parse(request.text)
    if isinstance(asked, TaskChange) and asked.verb in ("done", "undo"):
        return _needed_for(request, asked.number or _only_one(request))
    return (Capability.CHANGE,)


def _needed_for(request: Request, number: int | None) -> tuple[Capability]:
    own = any((each.number, each.assignee) == (number, request.actor) for each in request.about.tasks)
    return (Capability.OWN,) if own else (Capability.CHANGE,)


@command(
    "task",
    "task [@person] what is to be done [in 10 min | at 14:30]",
    "Add a task; without text a form asks",
    "Without a person, whoever wants it presses Take it. At the time at the end, the person is reminded once, "
    "privately, if it is not done. `task done 2`, `task undo 2`, `task drop 2`, `task 2 @person` and `task 2 nobody` "
    "change T2. The list is in the thread of the card. The shortcut “Make it a task” and a :clipboard: on a message make one from it.",
    about=INCIDENT,
    may=Capability.CHANGE,
    needs=_needed,
    wants=Wants.PEOPLE,
    free_text=True,
    synonyms={"todo": ""},
)
def task(request: Request) -> Outcome:
    """Add a task or change one, or open the form."""
    if not request.text.strip():
        return task_button(request)
    asked = parse(request.text)
    return _change(request, asked) if isinstance(asked, TaskChange) else _new(request, asked)


@button(NEW, about=INCIDENT, may=Capability.CHANGE)
def task_button(request: Request) -> Outcome:
    """Open the form."""
    return rules.closed(request.about) or OpenForm(modals.task(request.about))


@shortcut("make_task", about=INCIDENT, may=Capability.CHANGE, wants=Wants.MENTIONED)
def make_task(request: Request) -> Outcome:
    """Open the form with a message's text and link, from the message shortcut; a reaction makes it a task at once."""
    if request.message and request.message.by_reaction:
        return _from_reaction(request, request.message)
    typed = (request.message.text if request.message else "") or request.text
    text = " ".join(in_words(typed, request.names).split())
    link = str(request.metadata.get("link", ""))
    return rules.closed(request.about) or OpenForm(modals.task(request.about, text=text, link=link))


@form("task", about=INCIDENT, may=Capability.CHANGE, wants=Wants.PEOPLE)
def submit(request: Request) -> Outcome:
    """Add the task, from the form."""
    person = str(request.fields.get("person", "")) or None
    if person and (refused := no_such_person(request, person, what=A_TASK)):
        return refused
    return _add(
        request,
        str(request.fields.get("text", "")),
        person,
        moment(request, "due"),
        link=str(request.metadata.get("link", "")),
    )


@button(DONE, about=INCIDENT, may=Capability.CHANGE, needs=needed_to_settle)
def done(request: Request) -> Outcome:
    """Mark a task as done."""
    return _pressed(request, rules.finish_task)


@button(DROP, about=INCIDENT, may=Capability.CHANGE, needs=needed_to_settle)
def drop(request: Request) -> Outcome:
    """Drop a task that nobody needs any more."""
    return _pressed(request, rules.drop_task)


@button(UNDO, about=INCIDENT, may=Capability.CHANGE, needs=needed_to_settle)
def undo(request: Request) -> Outcome:
    """Undo that it was done."""
    return _pressed(request, rules.reopen_task)


@button(TAKE, about=INCIDENT, may=Capability.CHANGE)
def take(request: Request) -> Outcome:
    """Take a task that nobody has."""
    return _pressed(request, rules.take_task)


def pressed_number(request: Request) -> int:
    """The number of the task whose button was pressed; 0, which no task has, if it has no number."""
    number = request.metadata.get("task")
    return number if isinstance(number, int) else 0


def _from_reaction(request: Request, message: MarkedMessage) -> Outcome:
    """Make it a task; its text is read later, so whatever else could refuse it is looked at now."""
    added = rules.add_task(request.about, A_TASK, by=request.actor, now=request.now)
    if isinstance(added, Refused):
        return Reply(
            refusal(added.message)
        )  # a reaction's refusals are silent: most are far from any war room
    effect = MakeTask(message.channel, message.ts, request.actor, by_reaction=True)
    return Show(
        (effect,),
        done=reply("Made it a task. The list is in the thread of the card; `/incident tasks` shows it too."),
        once=effect.act,
        again=reply("That message is a task already. `/incident tasks` shows them."),
    )


def _new(request: Request, asked: NewTask) -> Outcome:
    person = None
    if asked.person:
        is_actor = asked.person.lower() in ("me", "myself")
        person = request.actor if is_actor else mentions.person(asked.person) or ""
        if refused := no_such_person(request, person, asked.person, what=A_TASK):
            return refused
    timed = times_ahead.parse(asked.text, request.now, request.zone)
    if isinstance(timed, Unclear):
        return Refused(timed.why)
    text, due_at = (timed.rest, timed.at) if timed else (asked.text, None)
    words = same_words(f"task:{request.about.number}", request.actor, request.text)
    return _add(request, text, person, due_at, words)


def _add(
    request: Request,
    text: str,
    person: str | None,
    due_at: datetime | None,
    *dedup_keys: DedupKey,
    link: str = "",
) -> ChangeIncident:
    decide = partial(rules.add_task, text=text, assignee=person, due_at=due_at, link=link)

    def answer(incident: Incident) -> Message:
        """About the latest of this person's with this text: somebody else may have added one meanwhile."""
        words = " ".join(text.split())
        its = [each for each in incident.tasks if (each.text, each.added_by) == (words, request.actor)]
        return views.added(incident, (its or list(incident.tasks))[-1], request.actor)

    return ChangeIncident(
        partial(decide, by=request.actor, now=request.now), dedup_keys=dedup_keys, done=answer
    )


def _change(request: Request, asked: TaskChange) -> Outcome:
    number = asked.number or _only_one(request)
    if number is None:
        return Refused(f"Say which task: `/incident task {asked.verb} 2`. `/incident tasks` lists them.")
    decide: Callable[..., rules.Decision]
    match asked.verb:
        case "done":
            decide = rules.finish_task
        case "undo":
            decide = rules.reopen_task
        case "drop":
            decide = rules.drop_task
        case "take":
            decide = rules.take_task
        case "me":
            decide = partial(rules.assign_task, assignee=request.actor)
        case "nobody":
            decide = partial(rules.assign_task, assignee=None)
        case _:
            person = mentions.person(asked.person) or ""
            if refused := no_such_person(request, person, asked.person, what=A_TASK):
                return refused
            decide = partial(rules.assign_task, assignee=person)
    return _settle(request, decide, number, views.changed)


def _only_one(request: Request) -> int | None:
    """The number of the actor's own open task, if they have exactly one."""
    theirs = of_person(request.about.tasks, request.actor)
    return theirs[0].number if len(theirs) == 1 else None


def _pressed(request: Request, decide: Callable[..., rules.Decision]) -> Outcome:
    """Change the task whose button was pressed. The list in the card's thread shows it by itself."""
    number = pressed_number(request)
    match request.metadata.get("shown"):
        case Shown.PRIVATE:
            answer: Callable[[Incident, Task], Message] = _private_list
        case Shown.DIRECT:
            answer = views.single
        case _:
            decided = partial(decide, number=number, by=request.actor, now=request.now)
            return ChangeIncident(decided)
    return _settle(request, decide, number, answer, in_place=True)


def _settle(
    request: Request,
    decide: Callable[..., rules.Decision],
    number: int,
    answer: Callable[[Incident, Task], Message],
    *,
    in_place: bool = False,
) -> ChangeIncident:
    return ChangeIncident(
        partial(decide, number=number, by=request.actor, now=request.now),
        done=lambda incident: answer(incident, incident.tasks[number - 1]),
        in_place=in_place,
    )


def _private_list(incident: Incident, _task: Task) -> Message:
    return task_list(incident, shown=Shown.PRIVATE)
