"""The figures about action items, checked on 5,000 generated incidents against a second computation with numpy and scipy."""

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from scipy import stats

from bot.followup.domain import facts
from bot.followup.domain.matching import is_about_the_same, words_of
from bot.incident.domain.action_records import ActionRecord
from bot.incident.domain.records import Past, Record
from bot.incident.domain.vocabulary import Severity
from bot.review.domain.actions import ActionFigures, action_figures, is_on_time, recurred
from bot.review.domain.figures import figures
from bot.review.views.action_words import told
from tests.review import action_histories
from tests.review.domain.test_figures import COUNT, POLICY, SPAN, made
from tests.review.histories import NOW

TEAM_ZONE = "Europe/Berlin"


@cache
def counted() -> list[Record]:
    return [each for each in made() if not each.status.is_set_aside]


@cache
def generated() -> list[list[facts.Fact]]:
    return action_histories.histories(made())


@cache
def items() -> list[ActionRecord]:
    return [action_histories.record(each) for each in generated()]


@cache
def all_figures() -> ActionFigures:
    return action_figures(counted(), items(), TEAM_ZONE, NOW, "2y")


def of_counted() -> list[list[facts.Fact]]:
    numbers = {each.number for each in counted()}
    return [each for each in generated() if each[0].incident in numbers]  # type: ignore[union-attr]


def test_there_are_many() -> None:
    assert len(made()) == COUNT
    assert len(all_figures().items) == len(of_counted()) > COUNT // 2


def test_the_median_time_to_done_is_that_of_scipys_curve() -> None:
    done, still = [], []
    for history in of_counted():
        seconds = ((history[-1].at if len(history) > 1 else NOW) - history[0].at).total_seconds()
        if isinstance(history[-1], facts.ActionItemDone):
            done.append(seconds)
        elif isinstance(history[-1], facts.ActionItemDropped):
            still.append(seconds)
        else:
            still.append((NOW - history[0].at).total_seconds())
    curve = stats.ecdf(stats.CensoredData(uncensored=done, right=still)).sf
    reached = np.flatnonzero(curve.probabilities <= 0.5 + 1e-9)
    found = all_figures()
    assert found.median == pytest.approx(float(curve.quantiles[reached[0]]), rel=1e-3)
    assert found.median_interval.low is not None
    assert found.median_interval.high is not None
    assert found.median is not None
    assert found.median_interval.low <= found.median <= found.median_interval.high


def test_on_time_is_by_the_owners_first_day() -> None:
    kinds, severities, total = Counter[str](), Counter[str](), Counter[bool]()
    severity = {each.number: each.severity.label for each in counted()}
    for history in of_counted():
        first = history[0]
        assert isinstance(first, facts.ActionItemAdded)
        zone = ZoneInfo(action_histories.zone(first.number) or TEAM_ZONE)
        if isinstance(history[-1], facts.ActionItemDone):
            late = history[-1].at.astimezone(zone).date() > first.due_on
        elif isinstance(history[-1], facts.ActionItemDropped) or NOW.astimezone(zone).date() <= first.due_on:
            continue
        else:
            late = True
        total[late] += 1
        kinds[f"{first.kind.value} {late}"] += 1
        severities[f"{severity[first.incident]} {late}"] += 1
    found = all_figures()
    assert (found.on_time.count, found.on_time.total) == (total[False], total.total())
    assert {name: (each.count, each.total) for name, each in found.by_kind.items()} == {
        name: (kinds[f"{name} False"], kinds[f"{name} False"] + kinds[f"{name} True"])
        for name in found.by_kind
    }
    assert {each.label: (share.count, share.total) for each, share in found.by_severity.items()} == {
        each.label: (
            severities[f"{each.label} False"],
            severities[f"{each.label} False"] + severities[f"{each.label} True"],
        )
        for each in Severity
    }


def test_age_slips_and_what_was_given_up_are_counted() -> None:
    found, ages, put_off, slips, dropped = all_figures(), [], 0, 0, 0
    for history in of_counted():
        later = [
            each
            for each in history
            if isinstance(each, facts.ActionItemMoved) and each.due_on > each.previous
        ]
        put_off, slips = put_off + bool(later), slips + len(later)
        dropped += isinstance(history[-1], facts.ActionItemDropped)
        if not isinstance(history[-1], facts.ActionItemDone | facts.ActionItemDropped):
            ages.append((NOW - history[0].at).total_seconds())
    assert found.open == len(ages)
    assert found.open_age == pytest.approx(float(np.median(ages)))
    assert (found.put_off.count, found.put_off.total, found.slips) == (put_off, len(found.items), slips)
    assert found.dropped == dropped


def test_what_happened_again_is_found_as_by_comparing_everything_with_everything() -> None:
    theirs = items()[::9]
    some = [
        replace(each, title="Alerts of a service" if at % 3 else "Mails are late")
        for at, each in enumerate(counted()[::40])
    ]
    expected = [
        record.number
        for record in some
        if any(
            item.incident != record.number
            and item.added_at < record.declared_at
            and (item.ended_at is None or record.declared_at < item.ended_at)
            and is_about_the_same(item.title, words_of(record.title))
            for item in theirs
        )
    ]
    assert recurred(some, theirs) == expected
    assert len(expected) > 0


ITEM = ActionRecord(
    number=1,
    version=1,
    title="Replica lags alert",
    incident=1,
    kind="detect",
    zone="",
    added_at=NOW - timedelta(days=9),
    first_due_on=NOW.date(),
    due_on=NOW.date(),
    slips=0,
    is_done=False,
    ended_at=None,
)


def test_the_day_ends_where_the_owner_is() -> None:
    late_evening = datetime.combine(NOW.date(), datetime.min.time(), ZoneInfo("UTC")) + timedelta(
        hours=23, minutes=30
    )
    done = replace(ITEM, is_done=True, ended_at=late_evening)
    assert is_on_time(done, "", late_evening) is True
    assert is_on_time(done, "Europe/Berlin", late_evening) is False, "there it is tomorrow already"
    assert is_on_time(replace(done, zone="America/Los_Angeles"), "Europe/Berlin", late_evening) is True
    assert is_on_time(ITEM, "", NOW) is None
    assert is_on_time(ITEM, "", NOW + timedelta(days=1)) is False
    assert is_on_time(replace(ITEM, ended_at=NOW), "", NOW + timedelta(days=9)) is None


def test_the_same_words_in_another_form_and_time_count() -> None:
    record = replace(counted()[0], number=7, title="Alerts of the replica lag", declared_at=NOW)
    assert recurred([record], [ITEM]) == [7]
    assert recurred([replace(record, number=1)], [ITEM]) == [], "it is of the same incident"
    assert recurred([record], [replace(ITEM, ended_at=NOW)]) == []
    assert recurred([record], [replace(ITEM, added_at=NOW)]) == []
    assert recurred([replace(record, title="Mail is late")], [ITEM]) == []


def test_where_there_is_none_nothing_is_said() -> None:
    none = action_figures(counted()[:3], (), "", NOW, "x")
    assert (none.median, none.open_age, none.on_time.total, told(none)) == (None, None, 0, [])


def test_in_words() -> None:
    one = replace(counted()[0], number=1, severity=Severity.SEV1)
    young = action_figures([one], [ITEM], "", NOW, "x")
    assert told(young) == [
        "Action items of these incidents: 1; 1 open, half of them for more than 9 days.",
        "Done on time: the first day of none is over yet.",
        "Time to done (added → done): median not reached; 1 item, 0 of them done.",
        "Day put off: 0 of 1 item.",
    ]
    done = replace(ITEM, is_done=True, ended_at=NOW, slips=2)
    again = replace(one, number=2, title="Replica lag alert", declared_at=NOW - timedelta(days=1))
    dropped = replace(ITEM, number=2, ended_at=NOW)
    assert told(action_figures([one, again], [done, dropped], "", NOW, "x")) == [
        "Action items of these incidents: 2; none is open; 1 given up.",
        "Done by the end of the first day set for them: 1 of 1 item, 100% (21% to 100%).",
        "On time by severity: SEV1 1 of 1; by kind: detect 1 of 1.",
        "Time to done (added → done): median 9 days; 2 items, 1 of them done.",
        "Day put off: 1 of 2 items, 2 times in all.",
        "Declared while an action item was open that has the words of the title: 1 incident.",
    ]


def test_the_version_says_which_facts_of_action_items_count() -> None:
    past = Past(made()[:50], actions=items())
    before = figures(SPAN, past, POLICY, NOW).version
    first = next(
        at for at, each in enumerate(items()) if each.incident in {one.number for one in counted()[:40]}
    )
    changed = [replace(each, version=each.version + (at == first)) for at, each in enumerate(items())]
    assert figures(SPAN, past, POLICY, NOW).version == before
    assert figures(SPAN, replace(past, actions=changed), POLICY, NOW).version != before
