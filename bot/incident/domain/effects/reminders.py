"""Reminders of promises."""

from dataclasses import dataclass

from bot.incident.domain.cadence import ScheduledReminder


@dataclass(frozen=True, slots=True)
class Remind:
    """Post a reminder, if it is still due at delivery."""

    reminder: int
    nudge: ScheduledReminder


@dataclass(frozen=True, slots=True)
class Broadcast(Remind):
    """Post a reminder in the incidents channel: the last step, which needs no war room."""


@dataclass(frozen=True, slots=True)
class CloseReminder:
    """Edit a posted reminder to say how it was answered."""

    reminder: int


@dataclass(frozen=True, slots=True)
class CloseBroadcast(CloseReminder):
    """Edit a reminder in the incidents channel to say how it was answered."""
