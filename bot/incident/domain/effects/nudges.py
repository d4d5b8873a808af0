"""Nudges: questions about what seems to have been forgotten."""

from dataclasses import dataclass

from bot.incident.domain.nudges import Nudge


@dataclass(frozen=True, slots=True)
class PostNudge:
    """Post a nudge, if it still applies at delivery.

    Attributes:
        row: the id under which it is recorded.
    """

    row: int
    nudge: Nudge


@dataclass(frozen=True, slots=True)
class CloseNudge:
    """Edit a posted nudge to say how it was answered, or remove it if it was overtaken."""

    row: int
