"""Kaplan-Meier, checked against scipy and numpy, and where there is little to say."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bot.review.domain.survival import Observation, Sample, steps

OBSERVED = st.lists(st.tuples(st.integers(0, 30).map(float), st.booleans()), min_size=1, max_size=40).map(
    lambda pairs: [Observation(at, *pair) for at, pair in enumerate(pairs)]
)
COMPLETE = st.lists(st.integers(0, 30).map(float), min_size=1, max_size=40)
SHARES = st.sampled_from([0.1, 0.25, 0.5, 0.75, 0.9])


def observed(*seconds: float, still: Sequence[float] = ()) -> list[Observation]:
    """Observations that are over after these seconds, and some that are not."""
    return [Observation(0, each) for each in seconds] + [
        Observation(0, each, is_over=False) for each in still
    ]


@given(OBSERVED)
def test_the_curve_is_that_of_scipy(observations: list[Observation]) -> None:
    over = [each.seconds for each in observations if each.is_over]
    still = [each.seconds for each in observations if not each.is_over]
    if not over:
        assert list(steps(Sample.of(observations))) == []
        return
    curve = stats.ecdf(stats.CensoredData(uncensored=over, right=still)).sf
    for step in steps(Sample.of(observations)):
        assert step.lasting == pytest.approx(curve.evaluate(step.seconds), abs=1e-9)


@given(COMPLETE, SHARES)
def test_without_open_ones_a_quantile_is_that_of_numpy(seconds: list[float], share: float) -> None:
    expected = np.quantile(seconds, share, method="averaged_inverted_cdf")
    assert Sample.of(observed(*seconds)).quantile(share) == pytest.approx(float(expected))


@given(OBSERVED, SHARES)
def test_a_quantile_is_where_the_curve_of_scipy_gets_there(
    observations: list[Observation], share: float
) -> None:
    over = sorted({each.seconds for each in observations if each.is_over})
    expected = None
    if over:
        still = [each.seconds for each in observations if not each.is_over]
        uncensored = [each.seconds for each in observations if each.is_over]
        curve = stats.ecdf(stats.CensoredData(uncensored=uncensored, right=still)).sf
        lasting = [float(curve.evaluate(each)) for each in over]
        at = next((at for at, each in enumerate(lasting) if each <= 1 - share + 1e-9), None)
        if at is not None:
            meets = abs(lasting[at] - (1 - share)) < 1e-9 and at + 1 < len(over)
            expected = (over[at] + over[at + 1]) / 2 if meets else over[at]
    found = Sample.of(observations).quantile(share)
    assert found == (None if expected is None else pytest.approx(expected))


def test_of_nothing_there_is_no_median() -> None:
    assert Sample.of([]).quantile(0.5) is None


def test_one_incident_is_its_own_median_and_two_have_theirs_between_them() -> None:
    assert Sample.of(observed(60)).quantile(0.5) == 60
    assert Sample.of(observed(60, 120)).quantile(0.5) == 90


def test_one_that_is_still_open_makes_the_median_longer_than_leaving_it_out() -> None:
    assert Sample.of(observed(10, 20, 30)).quantile(0.5) == 20
    assert Sample.of(observed(10, 20, 30, still=[25, 25])).quantile(0.5) == 30


def test_a_median_is_not_reached_while_more_than_half_are_open() -> None:
    assert Sample.of(observed(10, still=[20, 30])).quantile(0.5) is None
    assert Sample.of(observed(still=[20])).quantile(0.5) is None


def test_when_the_longest_is_over_the_curve_ends_at_zero_with_no_variance() -> None:
    *_, last = steps(Sample.of(observed(10, 20)))
    assert (last.lasting, last.variance) == (0, 0)
