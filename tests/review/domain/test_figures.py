"""All figures of a span, checked on 5,000 generated histories against a second computation with numpy and scipy."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import cache

import numpy as np
import pytest
from scipy import stats

from bot import policy_file
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.promise_tally import steps_of
from bot.incident.domain.promises import ledger
from bot.incident.domain.records import Past, Period, Record
from bot.incident.domain.vocabulary import Severity, Status
from bot.review.domain.figures import Figures, compared, figures
from bot.review.domain.kinds import Kind, kind_of
from bot.review.domain.measures import Measure
from bot.review.domain.spans import Span
from bot.review.views.words import others
from tests.incident.domain.situations import declared
from tests.review.histories import NOW, entries, histories, state

POLICY = policy_file.load()
COUNT = 5000
SPAN = Span("2y", Period(NOW - timedelta(days=730), NOW))


@cache
def generated() -> list[list[facts.Fact]]:
    return histories(COUNT, seed=11)


@cache
def states() -> list[Incident]:
    return [state(each) for each in generated()]


@cache
def made() -> list[Record]:
    return [
        Record.of(of, steps_of(entries(history))) for of, history in zip(states(), generated(), strict=True)
    ]


@cache
def all_figures() -> Figures:
    return figures(SPAN, Past(made()), POLICY, NOW)


def by_hand(measure: Measure) -> "stats.CensoredData":
    """The durations of a measure straight from the facts: the last correction counts, and a reopening takes back."""
    over, still = [], []
    for history in generated():
        times, ended, status = {"declared": history[0].at}, None, Status.TRIAGE
        for fact in history:
            if isinstance(fact, facts.MilestoneSet):
                times[fact.milestone.value] = fact.when
            elif isinstance(fact, facts.RoleAssigned):
                times.setdefault("acknowledged", fact.at)
            elif isinstance(fact, facts.StatusChanged):
                status = fact.new
                ended = fact.at if fact.new.is_closed else ended
                if fact.new is Status.MITIGATING:
                    times.pop("mitigated", None)
                    times.pop("resolved", None)
                elif fact.new is Status.MITIGATED:
                    times["mitigated"] = fact.at
                elif fact.new is Status.RESOLVED:
                    times.setdefault("mitigated", fact.at)
                    times["resolved"] = fact.at
        if status in (Status.CANCELLED, Status.DUPLICATE) or measure.start.value not in times:
            continue
        start, end = times[measure.start.value], times.get(measure.end.value)
        if end is not None:
            over += [(end - start).total_seconds()] if end >= start else []
        elif measure is Measure.ACKNOWLEDGE:
            still.append(((ended if status.is_closed and ended else NOW) - start).total_seconds())
        elif measure.end.value in ("mitigated", "resolved") and not status.is_closed:
            still.append((NOW - start).total_seconds())
    return stats.CensoredData(uncensored=over, right=still)


@pytest.mark.parametrize("measure", list(Measure))
def test_median_and_ninety_per_cent_are_those_of_scipys_curve(measure: Measure) -> None:
    data = by_hand(measure)
    summary = next(each for each in all_figures().summaries if each.measure is measure)
    assert summary.count == data.num_censored() + len(data._uncensored)
    assert summary.open == data.num_censored()
    curve = stats.ecdf(data).sf
    for share, found, interval in (
        (0.5, summary.median, summary.median_interval),
        (0.9, summary.p90, summary.p90_interval),
    ):
        reached = np.flatnonzero(curve.probabilities <= 1 - share + 1e-9)
        if not len(reached):
            assert found is None
            continue
        assert found is not None
        assert found == pytest.approx(float(curve.quantiles[reached[0]]), rel=1e-3)
        assert interval.low is not None
        assert interval.low <= found
        assert interval.high is None or found <= interval.high


def test_promises_are_those_of_the_ledger() -> None:
    found, expected = all_figures().promises, Counter[str]()
    for history in generated()[:600]:
        told = ledger(entries(history), POLICY, NOW)
        for promise in told.promises:
            expected["kept" if promise.is_kept else "late" if promise.answered_at else "missed"] += 1
    some = figures(SPAN, Past(made()[:600]), POLICY, NOW)
    aside = [generated()[at] for at in range(600) if states()[at].status.is_set_aside]
    for history in aside:
        for promise in ledger(entries(history), POLICY, NOW).promises:
            expected["kept" if promise.is_kept else "late" if promise.answered_at else "missed"] -= 1
    assert (some.promises.kept, some.promises.late, some.promises.missed) == (
        expected["kept"],
        expected["late"],
        expected["missed"],
    )
    assert found.total > some.promises.total


def test_cancelled_and_merged_ones_are_apart() -> None:
    found = all_figures()
    assert found.cancelled == [each.number for each in states() if each.status is Status.CANCELLED]
    assert found.merged == [each.number for each in states() if each.status is Status.DUPLICATE]
    assert len(found.records) + len(found.cancelled) + len(found.merged) == COUNT
    assert found.cancelled
    assert found.merged


def test_changes_of_severity_are_counted_by_where_they_led() -> None:
    counted = [each for each in states() if not each.status.is_set_aside]
    found = all_figures()
    assert found.lowered.count == sum(each.severity > each.severities[0] for each in counted)
    assert found.raised.count == sum(each.worst < each.severities[0] for each in counted)
    assert found.by_people.count == sum(not each.declared_by.startswith("machine:") for each in counted)
    assert found.private == sum(each.private for each in counted)


def test_an_empty_span_has_no_figures() -> None:
    found = figures(SPAN, Past(), POLICY, NOW)
    assert found.is_empty
    assert found.kept.value is None
    assert all(each.count == 0 and each.median is None for each in found.summaries)


def test_with_nine_incidents_there_is_no_ninety_per_cent() -> None:
    nine = figures(SPAN, Past(made()[:9]), POLICY, NOW)
    assert all(each.p90 is None and each.p90_interval.is_empty for each in nine.summaries)


def test_figures_carry_the_version_of_their_facts() -> None:
    some = made()[:3]
    later = [replace(some[0], version=some[0].version + 1), *some[1:]]
    versions = [figures(SPAN, Past(each), POLICY, NOW).version for each in (some, list(some), later)]
    assert versions[0] == versions[1]
    assert versions[0] != versions[2]


def test_what_was_recorded_afterwards_owes_no_updates() -> None:
    some = made()[0]
    past = replace(some, without_room=True, severity=Severity.SEV1)
    found = figures(SPAN, Past([past]), POLICY, NOW)
    assert found.afterwards == 1
    assert found.promises.total == 0


def test_two_spans_are_compared_the_earlier_one_first() -> None:
    earlier, later = (
        figures(
            Span(words, period), Past([each for each in made() if each.declared_at in period]), POLICY, NOW
        )
        for words, period in (
            ("before", Period(NOW - timedelta(days=60), NOW - timedelta(days=30))),
            ("after", Period(NOW - timedelta(days=30), NOW)),
        )
    )
    for found in (compared(earlier, later), compared(later, earlier)):
        assert [each.earlier for each in found] == list(earlier.summaries)
        resolve = found[list(Measure).index(Measure.RESOLVE)]
        assert resolve.result is not None
        assert resolve.power.factor is not None
        assert resolve.power.first == resolve.earlier.count


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Drill: a region fails", Kind.DRILL),
        ("[drill] a region fails", Kind.DRILL),
        ("DRILL - a region fails", Kind.DRILL),
        (":fire_engine: drill", Kind.INCIDENT),
        ("Drill", Kind.DRILL),
        ("Near miss: wrong flag", Kind.NEAR_MISS),
        ("(near-miss) wrong flag", Kind.NEAR_MISS),
        ("Drilling rigs report no data", Kind.INCIDENT),
        ("Drill planner is down", Kind.INCIDENT),
        ("Checkout is failing", Kind.INCIDENT),
    ],
)
def test_a_title_says_whether_it_was_a_drill_or_a_near_miss(title: str, kind: Kind) -> None:
    record = Record.of(replace(declared(title=title), kind=None))  # as an earlier release has stored it
    assert kind_of(record) is kind


def test_the_field_says_whether_it_was_a_drill_whatever_the_title_is() -> None:
    assert kind_of(replace(made()[0], title="A region fails", is_drill=True)) is Kind.DRILL
    assert kind_of(replace(made()[0], title="Drill", is_drill=False)) is Kind.INCIDENT


def test_drills_and_near_misses_are_apart() -> None:
    one, two, three = [each for each in made() if not each.status.is_set_aside][:3]
    marked = [replace(one, is_drill=True), replace(two, title="Near miss: wrong flag"), three]
    found = figures(SPAN, Past(marked), POLICY, NOW)
    assert (found.drills, found.near_misses) == ([one.number], [two.number])
    assert [each.number for each in found.records] == [three.number]
    assert "Apart, and not in these figures: 1 drill, 1 near miss." in others(found)
    assert "2 near misses" in " ".join(others(figures(SPAN, Past([marked[1], marked[1]]), POLICY, NOW)))
