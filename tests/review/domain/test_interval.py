"""Bootstrap intervals, checked against a bootstrap of numpy's."""

from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
import pytest

from bot.review.domain.interval import RESAMPLES, SIMULATED_MAX, Interval, intervals
from bot.review.domain.survival import Observation, Sample

TOLERATED = 0.012  # resampling is chance itself


def lognormal(count: int, seed: int, still_open: float = 0.0) -> list[Observation]:
    random = Random(seed)  # noqa: S311  # test data
    return [
        Observation(each, random.lognormvariate(7, 1), random.random() >= still_open) for each in range(count)
    ]


def bootstrap(observations: list[Observation], share: float, seed: int) -> "np.ndarray[Any, Any]":
    """The quantiles of resamples, by numpy: 4,000 resamples, Kaplan-Meier by cumulated products."""
    generator = np.random.default_rng(seed)
    order = sorted(observations, key=lambda each: each.seconds)
    seconds = np.array([each.seconds for each in order])
    over = np.array([each.is_over for each in order])
    count = len(order)
    found = []
    for _ in range(4000):
        drawn = np.sort(generator.integers(0, count, count))
        at_risk = np.arange(count, 0, -1)
        lasting = np.cumprod(1 - over[drawn] / at_risk)
        target = 1 - share
        first, beyond = (np.flatnonzero(lasting < limit) for limit in (target + 1e-9, target - 1e-9))
        ends = [seconds[drawn][each[0]] for each in (first, beyond) if len(each)]
        found.append(np.mean(ends) if ends else np.inf)  # the middle, where it meets the target
    return np.array(found)


@pytest.mark.parametrize(
    ("count", "still_open"), [(40, 0.0), (40, 0.2), (250, 0.1), (1200, 0.0), (1200, 0.15)]
)
def test_an_interval_is_that_of_numpy(count: int, still_open: float) -> None:
    observations = lognormal(count, seed=count, still_open=still_open)
    assert (count > SIMULATED_MAX) == (count == 1200)
    (found,) = intervals(Sample.of(observations), [0.5], "seed")
    assert found.low is not None
    assert found.high is not None
    resampled = bootstrap(observations, 0.5, seed=1)
    # Between two durations there may be a wide gap: what counts is how many resamples are beyond a bound.
    assert np.mean(resampled < found.low) <= 0.025 + TOLERATED
    assert np.mean(resampled <= found.low) >= 0.025 - TOLERATED
    assert np.mean(resampled > found.high) <= 0.025 + TOLERATED
    assert np.mean(resampled >= found.high) >= 0.025 - TOLERATED


def test_nothing_is_known_of_nothing_nor_where_all_are_open() -> None:
    assert intervals(Sample.of([]), [0.5], "seed") == [Interval(None, None)]
    (found,) = intervals(Sample.of([Observation(1, 5, is_over=False)]), [0.5], "seed")
    assert found.is_empty


def test_a_median_of_five_has_no_interval_and_one_of_six_has() -> None:
    five, six = (intervals(Sample.of(lognormal(count, 1)), [0.5], "seed")[0] for count in (5, 6))
    assert five.is_empty
    assert not six.is_empty


def test_the_upper_bound_of_nine_in_ten_is_unknown_below_36_incidents() -> None:
    few, enough = (intervals(Sample.of(lognormal(count, 1)), [0.9], "seed")[0] for count in (35, 36))
    assert few.low is not None
    assert few.high is None
    assert enough.high is not None


def test_a_bound_that_the_curve_does_not_reach_is_unknown() -> None:
    observations = lognormal(40, 1)
    late = [Observation(0, 1e9, is_over=False)] * 34
    (found,) = intervals(Sample.of([*observations, *late]), [0.5], "seed")
    assert found.low is not None
    assert found.high is None
    many = [*lognormal(400, 1), *[Observation(0, 1e9, is_over=False)] * 390]
    (found,) = intervals(Sample.of(many), [0.5], "seed")
    assert found.high is None


def test_the_same_seed_gives_the_same_interval() -> None:
    sample = Sample.of(lognormal(50, 2))
    assert intervals(sample, [0.5], "a") == intervals(sample, [0.5], "a")
    assert RESAMPLES == 1000


def test_more_incidents_make_it_narrower() -> None:
    widths = []
    for count in (50, 300, 301, 3000):
        (found,) = intervals(Sample.of(lognormal(count, 3)), [0.5], "seed")
        assert found.low is not None
        assert found.high is not None
        widths.append(found.high / found.low)
    assert all(more > less * 0.9 for more, less in pairwise(widths))
