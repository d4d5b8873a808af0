"""Tasks."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.domain.effects.telling import TellRoom


@dataclass(frozen=True, slots=True)
class ShowTasks:
    """Post the list of tasks in the thread of the card, or edit it to show the present state."""


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
