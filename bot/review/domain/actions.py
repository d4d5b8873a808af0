"""Figures about the action items of incidents: done on time, how old they are, put off, and whether it happened again."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar

from bot.core.local_time import zone_of
from bot.followup.domain.matching import words_of
from bot.followup.domain.title_index import TitleIndex
from bot.incident.domain.action_records import ActionRecord
from bot.incident.domain.records import Record
from bot.incident.domain.vocabulary import Severity
from bot.review.domain.interval import Interval, intervals
from bot.review.domain.shares import Share
from bot.review.domain.survival import Observation, Sample

_MEDIAN = 0.5
Key = TypeVar("Key", Severity, str)


@dataclass(frozen=True, slots=True)
class ActionFigures:
    """The figures about the action items that come from the incidents that count.

    Attributes:
        items: these action items.
        on_time: how many were done by the end of the first day that was set for them, in the owner's time zone; of those
            that are done, or open after that day. Those that were given up are in neither number.
        by_severity: the same by the severity of their incidents.
        by_kind: the same by what they are for.
        open: how many are open.
        open_age: the median time since open ones were added, in seconds; None if none is open.
        dropped: how many were given up.
        median: within which half were done, in seconds, with open ones and those that were given up as censored; None if
            that is not reached.
        put_off: how many had their day put off at least once.
        slips: how many times days were put off.
        recurred: the numbers of the incidents that were declared while an action item of an earlier one was open whose
            words they have in their titles.
        times: how long each took from being added until it was done, or has lasted so far.
    """

    items: Sequence[ActionRecord]
    on_time: Share
    by_severity: Mapping[Severity, Share]
    by_kind: Mapping[str, Share]
    open: int
    open_age: float | None
    dropped: int
    median: float | None
    median_interval: Interval
    put_off: Share
    slips: int
    recurred: Sequence[int]
    times: Sequence[Observation]


def action_figures(
    records: Sequence[Record], every: Sequence[ActionRecord], team_zone: str, now: datetime, seed: str
) -> ActionFigures:
    """Make them, at this time (UTC).

    Args:
        records: the incidents that count.
        every: all action items that the reader may see, of these and of other incidents.
        team_zone: the IANA name of the zone that counts where an owner's is not known; empty for UTC.
        now: the present (UTC).
        seed: the same seed gives the same interval.
    """
    severities = {each.number: each.severity for each in records}
    items = [each for each in every if each.incident in severities]
    settled = [(each, late) for each in items if (late := is_on_time(each, team_zone, now)) is not None]
    open_ones = [each for each in items if each.ended_at is None]
    times = [_time(each, now) for each in items]
    sample = Sample.of(times)
    (interval,) = intervals(sample, (_MEDIAN,), f"actions:{seed}")
    ages = Sample.of([Observation(each.number, (now - each.added_at).total_seconds()) for each in open_ones])
    return ActionFigures(
        items=items,
        on_time=_share(settled),
        by_severity=_by(settled, lambda each: severities[each.incident]),
        by_kind=_by(settled, lambda each: each.kind),
        open=len(open_ones),
        open_age=ages.quantile(_MEDIAN) if open_ones else None,
        dropped=sum(each.ended_at is not None and not each.is_done for each in items),
        median=sample.quantile(_MEDIAN) if items else None,
        median_interval=interval,
        put_off=Share(sum(each.slips > 0 for each in items), len(items)),
        slips=sum(each.slips for each in items),
        recurred=recurred(records, every),
        times=times,
    )


def is_on_time(item: ActionRecord, team_zone: str, now: datetime) -> bool | None:
    """Whether it was done by the end of its first day; None if that is still to come, or it was given up."""
    begin = datetime.combine(
        item.first_due_on + timedelta(days=1), time(), zone_of(item.zone or team_zone or "UTC")
    )
    if item.is_done and item.ended_at is not None:
        return item.ended_at < begin
    return False if item.ended_at is None and now >= begin else None


def recurred(records: Iterable[Record], every: Sequence[ActionRecord]) -> list[int]:
    """The numbers of the incidents that were declared while an action item that has their words was open."""
    by_title: dict[str, list[ActionRecord]] = defaultdict(list)
    for item in every:
        by_title[item.title].append(item)
    index = TitleIndex(by_title)
    return [each.number for each in records if _is_again(each, index, by_title)]


def _is_again(record: Record, index: TitleIndex, by_title: Mapping[str, Sequence[ActionRecord]]) -> bool:
    return any(
        item.incident != record.number and item.is_open_at(record.declared_at)
        for title in index.about_the_same(words_of(record.title))
        for item in by_title[title]
    )


def _time(item: ActionRecord, now: datetime) -> Observation:
    return Observation(item.number, ((item.ended_at or now) - item.added_at).total_seconds(), item.is_done)


def _share(settled: Sequence[tuple[ActionRecord, bool]]) -> Share:
    return Share(sum(on_time for _, on_time in settled), len(settled))


def _by(settled: Sequence[tuple[ActionRecord, bool]], of: Callable[[ActionRecord], Key]) -> dict[Key, Share]:
    groups: dict[Key, list[tuple[ActionRecord, bool]]] = defaultdict(list)
    for each in settled:
        groups[of(each[0])].append(each)
    return {key: _share(groups[key]) for key in sorted(groups)}
