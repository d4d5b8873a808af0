"""Whether a difference is more than chance, and what could be seen at all: checked against scipy."""

from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from bot.review.domain.comparison import CHANCE, Method, compare, deviations, scores, smallest_p
from bot.review.domain.power import ENOUGH, LARGEST, power
from bot.review.domain.survival import Observation

FEW = st.lists(st.tuples(st.integers(1, 50).map(float), st.booleans()), min_size=1, max_size=6).map(
    lambda pairs: [Observation(0, *pair) for pair in pairs]
)


def lognormal(count: int, seed: int, factor: float = 1.0, still_open: float = 0.0) -> list[Observation]:
    random = Random(seed)  # noqa: S311  # test data
    return [
        Observation(each, factor * random.lognormvariate(7, 1), random.random() >= still_open)
        for each in range(count)
    ]


def censored(observations: list[Observation]) -> stats.CensoredData:
    return stats.CensoredData(
        uncensored=[each.seconds for each in observations if each.is_over],
        right=[each.seconds for each in observations if not each.is_over],
    )


def observed_minus_expected(first: list[Observation], second: list[Observation]) -> float:
    """The log-rank numerator by hand: at each time, those that were over, minus the share of the first among all."""
    pooled = [*first, *second]
    total = 0.0
    for moment in sorted({each.seconds for each in pooled if each.is_over}):
        risk_first = sum(each.seconds >= moment for each in first)
        risk = sum(each.seconds >= moment for each in pooled)
        over = sum(each.is_over and each.seconds == moment for each in pooled)
        total += sum(each.is_over and each.seconds == moment for each in first) - over * risk_first / risk
    return total


@given(FEW, FEW)
def test_the_scores_add_up_to_the_log_rank_numerator(
    first: list[Observation], second: list[Observation]
) -> None:
    found = sum(scores([*first, *second])[: len(first)])
    assert found == pytest.approx(observed_minus_expected(first, second), abs=1e-9)


@settings(max_examples=15, deadline=None)
@given(FEW, FEW)
def test_the_p_value_of_few_is_that_of_scipys_exact_permutation_test(
    first: list[Observation], second: list[Observation]
) -> None:
    result = compare(first, second, "seed")
    pooled = [*first, *second]
    if not any(each.is_over for each in pooled):
        assert result is None
        return
    assert result is not None
    places = np.arange(len(pooled))

    def statistic(one: "np.ndarray[Any, Any]", other: "np.ndarray[Any, Any]") -> float:
        return abs(
            observed_minus_expected([pooled[int(at)] for at in one], [pooled[int(at)] for at in other])
        )

    expected = (
        stats.permutation_test(
            (places[: len(first)], places[len(first) :]),
            statistic,
            alternative="greater",
            n_resamples=np.inf,
            vectorized=False,
        ).pvalue
        if len(first) > 1 and len(second) > 1
        else result.p
    )
    assert result.p == pytest.approx(expected, abs=1e-9)
    assert result.method is Method.ALL


@pytest.mark.parametrize(("counts", "method"), [((20, 25), Method.DRAWN), ((400, 300), Method.NORMAL)])
@pytest.mark.parametrize("factor", [1.0, 1.3])
def test_the_p_value_of_many_is_about_that_of_scipys_log_rank_test(
    counts: tuple[int, int], method: Method, factor: float
) -> None:
    first = lognormal(counts[0], seed=1, still_open=0.1)
    second = lognormal(counts[1], seed=2, factor=factor, still_open=0.1)
    result = compare(first, second, "seed")
    assert result is not None
    assert result.method is method
    expected = stats.logrank(censored(first), censored(second)).pvalue
    assert result.p == pytest.approx(expected, abs=0.04)


def test_a_great_difference_is_more_than_chance_and_says_where_it_took_longer() -> None:
    longer = compare(lognormal(30, 1, factor=10), lognormal(30, 2), "seed")
    shorter = compare(lognormal(30, 1), lognormal(30, 2, factor=10), "seed")
    assert longer is not None
    assert shorter is not None
    assert longer.is_more_than_chance
    assert longer.earlier_lasts_longer
    assert not shorter.earlier_lasts_longer


def test_without_a_difference_about_one_in_twenty_comparisons_is_called_more_than_chance() -> None:
    called = 0
    for seed in range(200):
        result = compare(lognormal(5, seed), lognormal(5, seed + 1000), "seed")
        assert result is not None
        called += result.is_more_than_chance
    assert 1 <= called <= 22


def test_there_is_nothing_to_compare_with_nothing() -> None:
    assert compare([], lognormal(3, 1), "seed") is None
    assert compare(lognormal(3, 1), [], "seed") is None
    assert compare([Observation(1, 5, is_over=False)], [Observation(1, 5, is_over=False)], "seed") is None


def test_the_same_durations_everywhere_are_no_difference() -> None:
    same = [Observation(0, 60.0)] * 4
    result = compare(same, same, "seed")
    assert result is not None
    assert result.p == 1
    assert deviations([0.0, 0.0], 1) == 0


@pytest.mark.parametrize(
    ("first", "second", "smallest"), [(1, 1, 1.0), (3, 3, 0.1), (4, 4, 2 / 70), (1, 19, 0.05)]
)
def test_so_few_incidents_can_show_no_smaller_p_value(first: int, second: int, smallest: float) -> None:
    assert smallest_p(first, second) == pytest.approx(smallest)


def test_three_against_three_could_show_no_change_however_large() -> None:
    assert power(lognormal(3, 1), lognormal(3, 2), "seed").factor is None
    assert power([], lognormal(3, 2), "seed").factor is None
    still = [Observation(0, 60.0, is_over=False)] * 10
    assert power(still, still, "seed").factor is None


def test_where_nearly_all_are_open_not_even_a_hundredfold_change_would_show() -> None:
    still = [Observation(0, 60.0, is_over=False)] * 9
    assert power([*still, Observation(0, 60.0)], [*still, Observation(0, 60.0)], "seed").factor is None


@pytest.mark.parametrize("counts", [(9, 7), (20, 20), (60, 100)])
def test_a_change_by_the_factor_shows_in_about_eight_of_ten_cases(counts: tuple[int, int]) -> None:
    first, second = lognormal(counts[0], 1), lognormal(counts[1], 2)
    found = power(first, second, "seed").factor
    assert found is not None
    assert 1 < found < LARGEST
    generator = np.random.default_rng(7)
    pooled = np.array([each.seconds for each in (*first, *second)])
    shown = sum(
        stats.logrank(generator.choice(pooled, counts[0]), found * generator.choice(pooled, counts[1])).pvalue
        < CHANCE
        for _ in range(300)
    )
    assert shown / 300 == pytest.approx(ENOUGH, abs=0.1)


def test_with_more_incidents_smaller_changes_show() -> None:
    factors = [power(lognormal(count, 1), lognormal(count, 2), "seed").factor for count in (8, 30, 500)]
    assert all(factors)
    assert factors == sorted(factors, reverse=True, key=lambda each: each or 0)
