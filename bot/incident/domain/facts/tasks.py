"""Facts about tasks: what somebody does while the incident is open."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.vocabulary import RoleEndReason


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFact(BaseFact):
    """The base of all facts about tasks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAdded(TaskFact):
    """Something is to be done.

    Attributes:
        number: its number within the incident, from 1: `T1`.
        assignee: the person who is to do it; None if that is open.
        due_at: when somebody is reminded of it (UTC); None if nobody is.
        link: the link to the message from which it was made; empty if there is none.
    """

    words: ClassVar[tuple[str, ...]] = ("text",)
    actors: ClassVar[tuple[str, ...]] = ("by", "assignee")
    links: ClassVar[tuple[str, ...]] = ("link",)

    number: int
    text: str
    assignee: str | None = None
    due_at: datetime | None = None
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAssigned(TaskFact):
    """`assignee` is to do the task from now on.

    Attributes:
        assignee: None if it is open who does it.
        previous: who was to do it until now.
    """

    words: ClassVar[tuple[str, ...]] = ("text",)
    actors: ClassVar[tuple[str, ...]] = ("by", "assignee", "previous")

    number: int
    text: str
    assignee: str | None
    previous: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDone(TaskFact):
    """The task is done."""

    words: ClassVar[tuple[str, ...]] = ("text",)

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskReopened(TaskFact):
    """The task is open after all: it is not done, or it is needed again."""

    words: ClassVar[tuple[str, ...]] = ("text",)

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDropped(TaskFact):
    """Nobody needs the task any more."""

    words: ClassVar[tuple[str, ...]] = ("text",)

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksFreed(TaskFact):
    """`person` is gone, and nobody has their open tasks any more."""

    actors: ClassVar[tuple[str, ...]] = ("by", "person")

    person: str
    numbers: tuple[int, ...]
    why: RoleEndReason


def people_of_task(fact: TaskFact) -> tuple[str, ...]:
    """The people whom a fact about tasks names, besides the person who did it."""
    match fact:
        case TaskAdded():
            named = [fact.assignee]
        case TaskAssigned():
            named = [fact.assignee, fact.previous]
        case TasksFreed():
            named = [fact.person]
        case _:
            named = []
    return tuple(person for person in named if person)
