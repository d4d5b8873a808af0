"""Tasks."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.domain.effects.captured import ReadMessage
from bot.incident.domain.effects.telling import TellRoom


@dataclass(frozen=True, slots=True)
class ShowTasks:
    """Post the list of tasks in the thread of the card, or edit it to show the present state."""


@dataclass(frozen=True, slots=True)
class MakeTask(ReadMessage):
    """Read a message that somebody marked, and make it a task with its link."""

    @property
    def act(self) -> str:
        """The identity of the act: however often a message is marked, it becomes a task once."""
        return f"task:{self.channel}:{self.ts}"


@dataclass(frozen=True, slots=True)
class TellAssignee(TellRoom):
    """Tell the person to whom the `seq`-th fact has given a task, and nobody else."""


@dataclass(frozen=True, slots=True)
class RemindOfTask:
    """Tell one person, and nobody else, that a task is due, if it is still open at delivery.

    Attributes:
        due_at: the time of the reminder (UTC).
    """

    number: int
    due_at: datetime
