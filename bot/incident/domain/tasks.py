"""The tasks of an incident: their state, how facts change it, and who is reminded of them when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.incident.domain import facts


class TaskState(StrEnum):
    """What has become of a task."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One task. What the attributes mean: see `facts.TaskAdded`.

    Attributes:
        added_by: the person or the machine that added it.
        ended_at: when it was done or dropped (UTC); None while it is open.
    """

    number: int
    text: str
    added_by: str
    assignee: str | None = None
    due_at: datetime | None = None
    link: str = ""
    state: TaskState = TaskState.OPEN
    ended_at: datetime | None = None

    @property
    def reference(self) -> str:
        """Its name for people: `T2`."""
        return task_reference(self.number)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is TaskState.OPEN

    @property
    def reminded(self) -> str:
        """The actor who is told when it is due: whoever is to do it, or else whoever added it."""
        return self.assignee or self.added_by


def task_reference(number: int) -> str:
    """A task's name for people: `T2`."""
    return f"T{number}"


def tasks_after(tasks: Sequence[Task], fact: facts.TaskFact) -> tuple[Task, ...]:
    """The tasks after a fact about them."""
    match fact:
        case facts.TaskAdded():
            added = Task(
                number=fact.number,
                text=fact.text,
                added_by=fact.by,
                assignee=fact.assignee,
                due_at=fact.due_at,
                link=fact.link,
            )
            return (*tasks, added)
        case facts.TaskAssigned():
            return tuple(
                replace(task, assignee=fact.assignee) if task.number == fact.number else task
                for task in tasks
            )
        case facts.TasksFreed():
            return tuple(
                replace(task, assignee=None) if task.number in fact.numbers else task for task in tasks
            )
        case facts.TaskDone():
            return _in_state(tasks, fact.number, TaskState.DONE, fact.at)
        case facts.TaskReopened():
            return _in_state(tasks, fact.number, TaskState.OPEN, None)
        case facts.TaskDropped():
            return _in_state(tasks, fact.number, TaskState.DROPPED, fact.at)
        case _:
            raise ValueError(f"{type(fact).__name__} is no fact about a task")


def of_person(tasks: Iterable[Task], person: str) -> list[Task]:
    """The open tasks that this person is to do."""
    return [task for task in tasks if task.is_open and task.assignee == person]


def due_tasks(tasks: Iterable[Task], now: datetime) -> list[Task]:
    """The open tasks whose time has come."""
    return [task for task in tasks if task.is_open and task.due_at is not None and task.due_at <= now]


def next_due(tasks: Iterable[Task], now: datetime) -> datetime | None:
    """The earliest time after `now` at which an open task is due; None if none will be."""
    return min(
        (task.due_at for task in tasks if task.is_open and task.due_at and task.due_at > now), default=None
    )


def _in_state(
    tasks: Iterable[Task], number: int, state: TaskState, ended_at: datetime | None
) -> tuple[Task, ...]:
    return tuple(
        replace(task, state=state, ended_at=ended_at) if task.number == number else task for task in tasks
    )
