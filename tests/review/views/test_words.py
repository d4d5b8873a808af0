"""Figures in sentences."""

from dataclasses import replace

import pytest

from bot import policy_file
from bot.incident.domain.records import Past, Period, Record
from bot.incident.domain.vocabulary import Severity
from bot.review.domain.comparison import Comparison, Method
from bot.review.domain.figures import Compared, Figures, Summary, compared, figures
from bot.review.domain.interval import Interval
from bot.review.domain.measures import Measure
from bot.review.domain.power import Power
from bot.review.domain.shares import Share
from bot.review.domain.spans import Span
from bot.review.views import words
from tests.review.domain.test_measures import record
from tests.review.histories import GAP, NOW, records

POLICY = policy_file.load()
SPAN = Span("10d", Period(NOW - 120 * GAP, NOW))


def of(made: list[Record], span: Span = SPAN) -> Figures:
    return figures(span, Past(made), POLICY, NOW)


def named(found: Figures, measure: Measure) -> Summary:
    return next(each for each in found.summaries if each.measure is measure)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [
        (0, "0 s"),
        (45.4, "45 s"),
        (60, "1 min"),
        (192, "3 min 12 s"),
        (599.6, "10 min"),
        (601, "10 min"),
        (2520, "42 min"),
        (7500, "2 h 5 min"),
        (86_399, "1 day"),
        (3 * 86_400 + 4 * 3600 + 1700, "3 days 4 h"),
    ],
)
def test_durations_are_as_exact_as_they_are_long(seconds: float, told: str) -> None:
    assert words.duration(seconds) == told


@pytest.mark.parametrize(
    ("interval", "told"),
    [
        (Interval(600, 1200), "10 min to 20 min"),
        (Interval(600, None), "at least 10 min"),
        (Interval(None, 1200), "at most 20 min"),
        (Interval(None, None), ""),
    ],
)
def test_an_interval_says_only_what_is_known(interval: Interval, told: str) -> None:
    assert words.interval(interval) == told


def test_of_no_incident_it_says_why_there_is_no_figure() -> None:
    found = named(of([record(started=-10)]), Measure.DETECT)
    assert words.summary(found) == "no incident has both times"
    wrong = named(of([record(started=-10, detected=-20)]), Measure.DETECT)
    assert words.summary(wrong) == "no incident has both times (left out: 1 with impossible times)"
    past = named(of([replace(record(resolved=5), without_room=True)]), Measure.RESOLVE)
    assert words.summary(past) == "no incident has both times (left out: 1 recorded afterwards)"


def test_one_incident_is_its_own_median_without_an_interval() -> None:
    found = named(of([record(mitigated=40, resolved=60), record()]), Measure.MITIGATE)
    assert words.summary(found) == "median 40 min; 1 incident (left out: 1 without both times)"
    assert words.p90(found) == "needs 10 incidents"


def test_those_that_are_still_open_are_told() -> None:
    found = of(records(120))
    told = words.summary(named(found, Measure.RESOLVE))
    assert " of them not resolved" in told
    assert "; 9 of 10 within " in words.summary(named(found, Measure.MITIGATE))


def test_a_median_that_is_not_reached_is_no_number() -> None:
    still = of([record(record().status.TRIAGE) for _ in range(12)])
    assert words.summary(named(still, Measure.RESOLVE)) == (
        "median not reached; 9 of 10 not reached; 12 incidents, 12 of them not resolved"
    )


@pytest.mark.parametrize(
    ("p", "told"), [(0.413, "p = 0.41"), (0.0436, "p = 0.044"), (0.0002, "p < 0.001"), (1.0, "p = 1.00")]
)
def test_a_p_value_is_as_exact_as_it_matters(p: float, told: str) -> None:
    assert words.p_value(p) == told


@pytest.mark.parametrize(("value", "told"), [(1.28, "1.3"), (2.0, "2"), (3.4, "3"), (16.5, "16")])
def test_a_factor_is_not_more_exact_than_the_simulation(value: float, told: str) -> None:
    assert words.factor(value) == told


def test_a_comparison_says_what_was_found_and_what_could_have_been() -> None:
    made = records(120)
    (earlier, later) = (of(made[:60]), of(made[60:], Span("5d", Period(NOW - 60 * GAP, NOW))))
    real = compared(earlier, later)[list(Measure).index(Measure.RESOLVE)]
    chance = replace(real, result=Comparison(0.41, Method.DRAWN, earlier_lasts_longer=True))
    told = words.comparison(chance, "q2", "q3")
    assert "This could well be chance (p = 0.41). With " in told
    assert " only a change by about a factor of " in told
    for longer, where in ((True, "q2"), (False, "q3")):
        more = replace(real, result=Comparison(0.003, Method.DRAWN, earlier_lasts_longer=longer))
        ends = f"It took longer in {where}, by more than chance would explain (p = 0.003)."
        assert words.comparison(more, "q2", "q3").endswith(ends)
    none = replace(chance, power=Power(3, 3, None))
    assert words.comparison(none, "q2", "q3").endswith(
        "With 3 and 3 incidents no change would show, however large."
    )


def test_nothing_is_compared_with_nothing() -> None:
    empty, one = (named(of(made), Measure.RESOLVE) for made in ([], [record(resolved=5)]))
    none = Power(0, 0, None)
    told = words.comparison(Compared(empty, empty, None, none), "q2", "q3")
    assert told == "no incident has both times, neither in q2 nor in q3."
    told = words.comparison(Compared(empty, one, None, none), "q2", "q3")
    assert (
        told == "median unknown in q2 (0 incidents), 5 min in q3 (1 incident). There is nothing to compare."
    )


def test_a_share_comes_with_its_number_and_its_bounds() -> None:
    assert words.share(Share(38, 40), "update") == "38 of 40 updates, 95% (83% to 99%)"
    assert words.share(Share(1500, 2000), "update") == "1500 of 2000 updates, 75.0% (73.1% to 76.8%)"
    assert words.share(Share(0, 0), "update") == "no updates"


def test_the_heading_says_which_and_how_many_and_whether_private_ones_count() -> None:
    some = [record(), replace(record(), private=True)]
    assert (
        words.heading(of(some))
        == "2 incidents declared from 2026-11-19 to 2026-11-29 (UTC), 1 of them private"
    )
    assert "private ones not among them" in words.heading(of(some[:1]), everybodys=True)
    severe = Span("10d", SPAN.period, "Europe/Berlin", Severity.SEV1)
    assert words.heading(of([record()], severe)) == (
        "1 incident of SEV1 declared from 2026-11-19 to 2026-11-29 (Europe/Berlin)"
    )


def test_what_is_apart_is_told() -> None:
    statuses = record().status
    made = [record(statuses.CANCELLED), record(statuses.DUPLICATE), replace(record(), without_room=True)]
    told = words.others(figures(SPAN, Past(made, unreadable=2), POLICY, NOW))
    assert "Apart, and not in these figures: 1 cancelled, 1 merged as duplicates, 2 unreadable." in told
    assert "Recorded when they were over: 1; they count only between their own times." in told
    assert len(words.others(of([record()]))) == 4
