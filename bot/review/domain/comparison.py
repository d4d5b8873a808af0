"""Whether durations in two spans differ by more than chance: a permutation test with the scores of the log-rank test.

If it were chance alone in which span an incident was, any other division of the same incidents would be as likely. The
p value is the share of divisions that differ at least as much as the real one. All divisions are tried if there are few;
otherwise 2,000 are drawn, and for more than 300 incidents it is the normal distribution that they come to.

Source: Peto & Peto 1972, "Asymptotically Efficient Rank Invariant Test Procedures".
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from math import comb, erfc, sqrt
from random import Random

from bot.review.domain.survival import Observation

ALL_MAX = 20_000  # divisions that are tried one by one
DRAWN = 2_000
SIMULATED_MAX = 300
CHANCE = 0.05  # a smaller p value counts as more than chance
_EQUAL = 1e-9


class Method(StrEnum):
    """How the p value was found."""

    ALL = "every division of the incidents"
    DRAWN = "2,000 divisions of the incidents, drawn at random"
    NORMAL = "the normal distribution, because there are many"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The result of a comparison.

    Attributes:
        p: how likely a difference of at least this size is if only chance decides.
        earlier_lasts_longer: whether it took longer in the first of the two spans.
    """

    p: float
    method: Method
    earlier_lasts_longer: bool

    @property
    def is_more_than_chance(self) -> bool:
        """Whether chance alone would seldom bring such a difference."""
        return self.p < CHANCE


def compare(first: Sequence[Observation], second: Sequence[Observation], seed: str) -> Comparison | None:
    """Compare two spans; None if one of them is empty or nothing is over, so that there is nothing to compare."""
    pooled = [*first, *second]
    scored = scores(pooled)
    if not first or not second or not any(each.is_over for each in pooled):
        return None
    real = sum(scored[: len(first)])
    p, method = _p_value(scored, len(first), abs(real), seed)
    return Comparison(p, method, earlier_lasts_longer=real < 0)


def scores(observations: Sequence[Observation]) -> list[float]:
    """The log-rank score of each: one if it is over, minus how often it was to be expected to be over until then.

    Their sum over one span is the number that was over, minus the number that was to be expected without a difference.
    """
    return scores_of([each.seconds for each in observations], [each.is_over for each in observations])


def scores_of(seconds: Sequence[float], is_over: Sequence[bool]) -> list[float]:
    """The same for durations and whether each is over: simulations need it thousands of times."""
    count = len(seconds)
    order = sorted(range(count), key=seconds.__getitem__)
    found, hazard, begin = [0.0] * count, 0.0, 0
    while begin < count:
        end, ended = begin, 0
        while end < count and seconds[order[end]] == seconds[order[begin]]:
            ended += is_over[order[end]]
            end += 1
        hazard += ended / (count - begin)
        for place in order[begin:end]:
            found[place] = is_over[place] - hazard
        begin = end
    return found


def deviations(scored: Sequence[float], count: int) -> float:
    """How many standard deviations the sum of the first `count` scores is away from zero, over all divisions."""
    total = len(scored)
    spread = count * (total - count) / (total * (total - 1)) * sum(each * each for each in scored)
    return abs(sum(scored[:count])) / sqrt(spread) if spread > _EQUAL else 0.0


def smallest_p(first: int, second: int) -> float:
    """The smallest p value that so many incidents can show at all, however large the difference is."""
    divisions = comb(first + second, first)
    return min(1.0, (2 if first == second else 1) / divisions)


def _p_value(scored: Sequence[float], count: int, real: float, seed: str) -> tuple[float, Method]:
    if len(scored) > SIMULATED_MAX:
        return erfc(deviations(scored, count) / sqrt(2)), Method.NORMAL
    if comb(len(scored), count) <= ALL_MAX:
        sums = [abs(sum(each)) for each in combinations(scored, count)]
        return sum(each >= real - _EQUAL for each in sums) / len(sums), Method.ALL
    random = Random(seed)  # noqa: S311  # a simulation, no secret
    more = sum(abs(sum(random.sample(scored, count))) >= real - _EQUAL for _ in range(DRAWN))
    return (more + 1) / (DRAWN + 1), Method.DRAWN
