"""Shares, such as promises that were kept, and how unevenly something is spread."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

from bot.review.domain.interval import SURE

_AWAY = NormalDist().inv_cdf((1 + SURE) / 2)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    total: int

    @property
    def value(self) -> float | None:
        """The share, between 0 and 1; None of nothing."""
        return self.count / self.total if self.total else None

    @property
    def bounds(self) -> tuple[float, float] | None:
        """Between which values the share probably is (95 %); None of nothing.

        Source: Wilson 1927, "Probable Inference, the Law of Succession, and Statistical Inference".
        """
        if not self.total:
            return None
        square, share = _AWAY * _AWAY, self.count / self.total
        middle = (share + square / (2 * self.total)) / (1 + square / self.total)
        reach = (
            _AWAY
            * sqrt(share * (1 - share) / self.total + square / (4 * self.total * self.total))
            / (1 + square / self.total)
        )
        return max(middle - reach, 0.0), min(middle + reach, 1.0)


def gini(amounts: Sequence[float]) -> float | None:
    """How unevenly something is spread: 0 if everybody has the same, nearly 1 if one has everything; None of nothing.

    Source: Gini 1912, "Variabilità e mutabilità"; the form over ordered amounts.
    """
    ordered, total = sorted(amounts), sum(amounts)
    if not total:
        return None
    count = len(ordered)
    weighted = sum(place * amount for place, amount in enumerate(ordered, start=1))
    return 2 * weighted / (count * total) - (count + 1) / count
