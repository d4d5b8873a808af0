"""How sure a quantile is: a 95 % bootstrap percentile interval.

The incidents of a span are a sample of what could have happened. Drawing from them again and again, with replacement,
shows how much the quantile would differ. The interval has the middle 95 % of these.

Up to 300 observations are really drawn again, 1,000 times. For more, the interval is what this comes to in the limit: the
share that lasts longer is normally distributed, with Greenwood's variance. That takes one pass instead of seconds.

A bound is left out where no method could know it: if even the shortest of `n` durations could well be longer than the
true quantile, there is no lower bound, and likewise for the upper one. For the median, that is so below six incidents.

Source: Efron 1981, "Censored Data and the Bootstrap"; Efron & Tibshirani 1993, "An Introduction to the Bootstrap", 13.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, sqrt
from random import Random
from statistics import NormalDist

from bot.review.domain.survival import Sample, quantile, steps

RESAMPLES = 1000
SIMULATED_MAX = 300
SURE = 0.95
_TAIL = (1 - SURE) / 2


@dataclass(frozen=True, slots=True)
class Interval:
    """Between which durations, in seconds, a quantile probably is. A bound that is not known is None."""

    low: float | None
    high: float | None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return self.low is None and self.high is None


def intervals(sample: Sample, shares: Sequence[float], seed: str) -> list[Interval]:
    """The interval of each of these quantiles. The same sample and seed always give the same."""
    if not sample.over:
        return [Interval(None, None) for _ in shares]
    bounds = _simulated if len(sample) <= SIMULATED_MAX else _in_the_limit
    return [
        _known(sample, share, *found)
        for share, found in zip(shares, bounds(sample, shares, seed), strict=True)
    ]


def _known(sample: Sample, share: float, low: float, high: float) -> Interval:
    has_low = (1 - share) ** sample.over <= _TAIL
    has_high = share**sample.over <= _TAIL
    return Interval(low if has_low and low < inf else None, high if has_high and high < inf else None)


def _simulated(sample: Sample, shares: Sequence[float], seed: str) -> list[tuple[float, float]]:
    random, places = Random(seed), range(len(sample))  # noqa: S311  # a simulation, no secret
    found: list[list[float]] = [[] for _ in shares]
    for _ in range(RESAMPLES):
        drawn = sorted(random.choices(places, k=len(sample)))
        seconds = [sample.seconds[each] for each in drawn]
        censored = [at for at, each in enumerate(drawn) if not sample.is_over[each]]
        for share, results in zip(shares, found, strict=True):
            result = quantile(seconds, censored, share)
            results.append(inf if result is None else result)
    at = round(RESAMPLES * _TAIL)
    return [(ordered[at], ordered[-at - 1]) for ordered in map(sorted, found)]


def _in_the_limit(sample: Sample, shares: Sequence[float], _seed: str) -> list[tuple[float, float]]:
    distance, curve = NormalDist().inv_cdf(1 - _TAIL), list(steps(sample))
    bounds: list[tuple[float, float]] = []
    for share in shares:
        # A step's share lasting longer is below the target in so many resamples as this many deviations say.
        apart = [(each.seconds, (1 - share - each.lasting) / sqrt(each.variance or 1e-12)) for each in curve]
        low = next((seconds for seconds, away in apart if away >= -distance), inf)
        high = next((seconds for seconds, away in apart if away >= distance), inf)
        bounds.append((low, high))
    return bounds
