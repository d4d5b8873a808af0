"""Periods: equal neighbours are one, and of too many the short ones go."""

from bot.incident.domain.drawing.spans import Span, joined, thinned, thinned_spans
from tests.incident.domain.situations import later


def span(what: str, start: float, end: float) -> Span[str]:
    return Span(what, later(start), later(end))


def test_equal_neighbours_are_joined_and_moments_left_out() -> None:
    assert joined([span("a", 0, 1), span("b", 1, 1), span("a", 1, 2), span("b", 2, 3), span("b", 4, 5)]) == [
        span("a", 0, 2),
        span("b", 2, 3),
        span("b", 4, 5),
    ]


def test_few_spans_stay_as_they_are() -> None:
    spans = [span("a", 0, 1), span("b", 1, 2)]
    assert (thinned_spans(spans, 2).drawn, thinned_spans(spans, 2).left_out) == (spans, 0)


def test_of_too_many_each_part_of_the_time_has_what_held_longest() -> None:
    spans = [span("a", 0, 10), span("b", 10, 11), span("c", 11, 30), span("d", 30, 40)]
    found = thinned_spans(spans, 2)
    assert list(found.drawn) == [span("a", 0, 20), span("c", 20, 40)]
    assert found.left_out == 2


def test_of_too_many_the_worst_can_be_chosen() -> None:
    spans = [span("b", 0, 9), span("a", 9, 10), span("b", 10, 30), span("c", 30, 40)]
    found = thinned_spans(spans, 2, lambda held: min(each.what for each in held))
    assert list(found.drawn) == [span("a", 0, 20), span("b", 20, 40)]


def test_a_hole_stays_a_hole() -> None:
    found = thinned_spans([span("a", 0, 10), span("b", 10, 11), span("c", 30, 40)], 2)
    assert list(found.drawn) == [span("a", 0, 11), span("c", 30, 40)]


def test_thinned_items_are_spread_and_have_both_ends() -> None:
    found = thinned(range(11), 3)
    assert (list(found.drawn), found.left_out) == ([0, 5, 10], 8)
    assert thinned([1, 2], 2).left_out == 0
