"""What change the data of two spans could show at all: a simulation.

Both spans are drawn from all durations at hand, those of the second multiplied by a factor. The factor that is found is
the smallest whose difference counts as more than chance in eight of ten simulations. A comparison that finds nothing
proves nothing unless the change that matters is larger than this.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt
from random import Random
from statistics import NormalDist

from bot.review.domain.comparison import CHANCE, deviations, scores_of, smallest_p
from bot.review.domain.survival import Observation

SIMULATIONS = 200
ENOUGH = 0.8  # in so many simulations it must show
LARGEST = 100.0
DRAWN_MAX = 25  # of each span; with more, the factor shrinks as the spread of a mean does
_HALVINGS = 6


@dataclass(frozen=True, slots=True)
class Power:
    """What a comparison could show.

    Attributes:
        factor: the smallest change that would show in eight of ten cases; None if not even a hundredfold one would.
    """

    first: int
    second: int
    factor: float | None


def power(first: Sequence[Observation], second: Sequence[Observation], seed: str) -> Power:
    """What a comparison of these two spans could show."""
    counts = len(first), len(second)
    pooled = [*first, *second]
    drawn = min(counts[0], DRAWN_MAX), min(counts[1], DRAWN_MAX)
    if not all(counts) or smallest_p(*drawn) >= CHANCE or not any(each.is_over for each in pooled):
        return Power(*counts, None)
    random = Random(seed)  # noqa: S311  # a simulation, no secret
    draws = [_Draw.of(random.choices(pooled, k=sum(drawn)), drawn[0]) for _ in range(SIMULATIONS)]
    if not _shows(draws, LARGEST):
        return Power(*counts, None)
    low, high = 0.0, log(LARGEST)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if _shows(draws, exp(middle)) else (middle, high)
    return Power(*counts, exp(high * _spread(*counts) / _spread(*drawn)))


@dataclass(frozen=True, slots=True)
class _Draw:
    """Durations of both spans, in one simulation.

    Attributes:
        first: those of the first span; the same for the next.
        is_over: of all of them, those of the first span first.
    """

    first: list[float]
    second: list[float]
    is_over: list[bool]

    @classmethod
    def of(cls, drawn: Sequence[Observation], count: int) -> "_Draw":
        seconds = [each.seconds for each in drawn]
        return cls(seconds[:count], seconds[count:], [each.is_over for each in drawn])


def _shows(draws: Sequence[_Draw], factor: float) -> bool:
    """Whether a change by this factor shows in enough of the simulations."""
    limit, shown = NormalDist().inv_cdf(1 - CHANCE / 2), 0
    for draw in draws:
        seconds = [*draw.first, *(each * factor for each in draw.second)]
        shown += deviations(scores_of(seconds, draw.is_over), len(draw.first)) > limit
    return shown >= ENOUGH * len(draws)


def _spread(first: int, second: int) -> float:
    """The spread of the difference of two means of so many, up to a factor."""
    return sqrt(1 / first + 1 / second)
