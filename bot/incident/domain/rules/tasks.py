"""The rules of tasks: adding, giving, finishing and dropping them."""

from datetime import datetime, timedelta

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.rules.roles import end_roles
from bot.incident.domain.tasks import Task, TaskState, of_person, task_reference
from bot.incident.domain.vocabulary import RoleEndReason, mention

TASK_MAX = 300  # characters: a task is a sentence
OPEN_TASKS_MAX = 100
LATEST_DUE = timedelta(days=30)  # what is to be done later is an action item


def add_task(
    incident: Incident,
    text: str,
    *,
    by: str,
    now: datetime,
    assignee: str | None = None,
    due_at: datetime | None = None,
    link: str = "",
) -> Decision:
    """Add a task, for a person or for whoever takes it; somebody is reminded at `due_at` if it is not done."""
    text = " ".join(text.split())
    if refused := closed(incident) or _unfit(text, due_at, now):
        return refused
    if len(incident.open_tasks) >= OPEN_TASKS_MAX:
        return Refused(
            f"{incident.reference} has {OPEN_TASKS_MAX} open tasks, which is the most. Finish or drop one first: "
            "`/incident task done 1`."
        )
    same = next(
        (task for task in incident.open_tasks if link and (task.link, task.text) == (link, text)), None
    )
    if same:
        return Refused(f"That message is already task {same.reference}.")
    number = len(incident.tasks) + 1
    added = facts.TaskAdded(
        at=now, by=by, number=number, text=text, assignee=assignee, due_at=due_at, link=link
    )
    return (added,)


def assign_task(incident: Incident, number: int, assignee: str | None, *, by: str, now: datetime) -> Decision:
    """Give an open task to a person; with None, leave it to whoever takes it."""
    task = _open(incident, number)
    if isinstance(task, Refused):
        return task
    if task.assignee == assignee:
        whose = (
            f"{mention(assignee)} already has task {task.reference}"
            if assignee
            else f"Nobody has {task.reference}"
        )
        return Refused(f"{whose}.", field="person")
    return (
        facts.TaskAssigned(
            at=now, by=by, number=number, text=task.text, assignee=assignee, previous=task.assignee
        ),
    )


def take_task(incident: Incident, number: int, *, by: str, now: datetime) -> Decision:
    """Take an open task that nobody has. Whoever wants another person's task says so by name."""
    task = _open(incident, number)
    if isinstance(task, Refused):
        return task
    if task.assignee and task.assignee != by:
        return Refused(
            f"{mention(task.assignee)} already has task {task.reference}. To take it over: `/incident task {number} me`."
        )
    return assign_task(incident, number, by, by=by, now=now)


def finish_task(incident: Incident, number: int, *, by: str, now: datetime) -> Decision:
    """Mark an open task as done, also after the end. Everybody may: whoever sees that it is done need not ask."""
    task = _unfinished(incident, number)
    if isinstance(task, Refused):
        return task
    return (facts.TaskDone(at=now, by=by, number=number, text=task.text),)


def drop_task(incident: Incident, number: int, *, by: str, now: datetime) -> Decision:
    """Drop an open task that nobody needs any more, also after the end."""
    task = _unfinished(incident, number)
    if isinstance(task, Refused):
        return task
    return (facts.TaskDropped(at=now, by=by, number=number, text=task.text),)


def reopen_task(incident: Incident, number: int, *, by: str, now: datetime) -> Decision:
    """Undo that a task was done or dropped."""
    if refused := closed(incident):
        return refused
    task = _task(incident, number)
    if isinstance(task, Refused):
        return task
    if task.is_open:
        return Refused(f"Task {task.reference} is open already.")
    if len(incident.open_tasks) >= OPEN_TASKS_MAX:
        return Refused(
            f"{incident.reference} has {OPEN_TASKS_MAX} open tasks, which is the most. Finish one first."
        )
    return (facts.TaskReopened(at=now, by=by, number=number, text=task.text),)


def end_roles_and_tasks(incident: Incident, person: str, why: RoleEndReason, *, now: datetime) -> Decision:
    """End the roles of a person who is gone, and free their open tasks, if the incident is open."""
    ended = end_roles(incident, person, why, now=now)
    theirs = () if incident.is_closed else tuple(task.number for task in of_person(incident.tasks, person))
    if not theirs:
        return ended
    freed = facts.TasksFreed(at=now, by=person, person=person, numbers=theirs, why=why)
    return (freed,) if isinstance(ended, Refused) else (*ended, freed)


def _unfit(text: str, due_at: datetime | None, now: datetime) -> Refused | None:
    """The refusal of a text or a time that no task can have."""
    if not any(letter.isprintable() and not letter.isspace() for letter in text):
        return Refused("Say what is to be done: `/incident task @person check replica lag`.", field="text")
    if len(text) > TASK_MAX:
        return Refused(
            f"That has {len(text)} characters; a task has at most {TASK_MAX}. Say the rest in the war room or in a note.",
            field="text",
        )
    if due_at and due_at <= now:
        return Refused(
            "That time is in the past: a reminder needs a time that is still to come.", field="due"
        )
    if due_at and due_at > now + LATEST_DUE:
        return Refused(
            f"That is more than {LATEST_DUE.days} days away. Tasks are for the time of the incident.",
            field="due",
        )
    return None


def _task(incident: Incident, number: int) -> Task | Refused:
    """The task with this number, or the refusal if there is none."""
    if 1 <= number <= len(incident.tasks):
        return incident.tasks[number - 1]
    return Refused(
        f"{incident.reference} has no task {task_reference(number)}. `/incident tasks` lists them."
    )


def _open(incident: Incident, number: int) -> Task | Refused:
    """The open task with this number of an open incident, or the refusal of what only these allow."""
    return closed(incident) or _unfinished(incident, number)


def _unfinished(incident: Incident, number: int) -> Task | Refused:
    """The open task with this number, or the refusal of what only open tasks allow."""
    task = _task(incident, number)
    if isinstance(task, Refused) or task.is_open:
        return task
    how = "done" if task.state is TaskState.DONE else "dropped"
    return Refused(f"Task {task.reference} is already {how}. To undo that: `/incident task undo {number}`.")
