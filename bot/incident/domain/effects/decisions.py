"""Decisions."""

from dataclasses import dataclass

from bot.incident.domain.effects.telling import TellRoom


@dataclass(frozen=True, slots=True)
class ShowDecision(TellRoom):
    """Post a decision with its buttons, or edit it to show what became of it.

    Attributes:
        seq: the fact that calls for it.
        decision: the number of the decision.
    """

    decision: int
