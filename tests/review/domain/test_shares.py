"""Shares and how uneven something is, checked against scipy and by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from bot.review.domain.shares import Share, gini


@given(st.integers(1, 500).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total))))
def test_the_bounds_of_a_share_are_wilsons_as_scipy_has_them(of: tuple[int, int]) -> None:
    expected = stats.binomtest(*of).proportion_ci(method="wilson")
    assert Share(*of).bounds == pytest.approx((expected.low, expected.high), abs=1e-9)


def test_a_share_of_nothing_is_unknown() -> None:
    assert Share(0, 0).value is None
    assert Share(0, 0).bounds is None


@given(st.lists(st.integers(0, 20), min_size=1, max_size=30))
def test_gini_is_half_the_mean_difference_over_the_mean(amounts: list[int]) -> None:
    if not sum(amounts):
        assert gini(amounts) is None
        return
    count = len(amounts)
    differences = sum(abs(one - other) for one in amounts for other in amounts)
    assert gini(amounts) == pytest.approx(differences / (2 * count * sum(amounts)), abs=1e-9)


def test_gini_is_zero_if_all_have_the_same_and_nearly_one_if_one_has_everything() -> None:
    assert gini([3, 3, 3]) == pytest.approx(0)
    assert gini([0] * 99 + [5]) == pytest.approx(0.99)
    assert gini([]) is None
