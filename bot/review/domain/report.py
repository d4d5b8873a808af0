"""What was asked for and what came of it, for every form in which it is written."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.incident.domain.policy import Policy
from bot.review.domain.figures import Compared, Figures, compared
from bot.review.domain.spans import Asked


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of one span, or of two.

    Attributes:
        figures: of each span, the one that begins earlier first.
        comparison: of two spans, what chance explains; empty of one.
        everybodys: whether private incidents are left out.
    """

    asked: Asked
    figures: Sequence[Figures]
    comparison: Sequence[Compared]
    everybodys: bool
    policy: Policy

    @property
    def is_empty(self) -> bool:
        """Whether no incident counts."""
        return all(each.is_empty for each in self.figures)


def report(asked: Asked, made: Sequence[Figures], policy: Policy, *, everybodys: bool) -> Report:
    """The report of these spans' figures."""
    ordered = sorted(made, key=lambda each: each.span.period.start)
    both = compared(*ordered) if len(ordered) > 1 else []
    return Report(asked, ordered, both, everybodys, policy)
