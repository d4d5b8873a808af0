"""The figures of one span, and the comparison of two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.core.actor import is_person
from bot.followup.domain.vocabulary import reference
from bot.incident.domain.action_records import ActionRecord
from bot.incident.domain.policy import Policy
from bot.incident.domain.promise_tally import Tally, tally
from bot.incident.domain.records import Past, Record
from bot.incident.domain.vocabulary import Status
from bot.review.domain.actions import ActionFigures, action_figures
from bot.review.domain.comparison import Comparison, compare
from bot.review.domain.interval import Interval, intervals
from bot.review.domain.kinds import Kind, kind_of
from bot.review.domain.measures import Measure, Measured, measured
from bot.review.domain.power import Power, power
from bot.review.domain.shares import Share
from bot.review.domain.spans import Span
from bot.review.domain.survival import Sample

MEDIAN, P90 = 0.5, 0.9
P90_FROM = 10  # with fewer incidents it is hardly more than the longest one


@dataclass(frozen=True, slots=True)
class Summary:
    """One measure of a span.

    Attributes:
        count: how many incidents it is made from, those that are not over among them.
        open: how many of these are not over.
        median: in seconds; None if too few are over for it.
        p90: within which nine of ten were over; the same.
    """

    measured: Measured
    count: int
    open: int
    median: float | None
    p90: float | None
    median_interval: Interval
    p90_interval: Interval

    @property
    def measure(self) -> Measure:
        """What it is about."""
        return self.measured.measure


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a span. A figure never stands without the number of incidents behind it.

    Attributes:
        now: when they were made (UTC).
        records: the incidents that count.
        cancelled: the numbers of false alarms, which do not count; the same for the next.
        merged: of duplicates.
        drills: of drills.
        near_misses: of near misses.
        unreadable: how many could not be read.
        private: how many of those that count are private.
        promises: the promised updates of all that count.
        raised: how many became worse than they were declared.
        lowered: how many ended less severe than they were declared: somebody was unsure and took the worse one.
        by_people: how many people declared, of those that count.
        afterwards: how many were recorded when they were over.
        actions: their action items.
        version: a digest of the incidents and action items, and the versions of their facts. The same facts have the same one.
    """

    span: Span
    now: datetime
    records: Sequence[Record]
    summaries: Sequence[Summary]
    cancelled: Sequence[int]
    merged: Sequence[int]
    drills: Sequence[int]
    near_misses: Sequence[int]
    unreadable: int
    private: int
    promises: Tally
    raised: Share
    lowered: Share
    by_people: Share
    afterwards: int
    actions: ActionFigures
    version: str

    @property
    def kept(self) -> Share:
        """The share of promised updates that came in time."""
        return Share(self.promises.kept, self.promises.total)

    @property
    def is_empty(self) -> bool:
        """Whether no incident counts."""
        return not self.records


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure in two spans.

    Attributes:
        result: None if there is nothing to compare.
    """

    earlier: Summary
    later: Summary
    result: Comparison | None
    power: Power


def figures(span: Span, past: Past, policy: Policy, now: datetime) -> Figures:
    """Make all figures of a span from what was read of it, at this time (UTC)."""
    kept = [each for each in past.records if not each.status.is_set_aside]
    counted = [each for each in kept if kind_of(each) is Kind.INCIDENT]
    live = [each for each in counted if not each.without_room]
    actions = action_figures(counted, past.actions, policy.time_zone, now, span.words)
    promises = sum((tally(each.steps, policy, now) for each in live), Tally())
    return Figures(
        span=span,
        now=now,
        records=counted,
        summaries=[_summary(measured(each, counted, now), span.words) for each in Measure],
        cancelled=[each.number for each in past.records if each.status is Status.CANCELLED],
        merged=[each.number for each in past.records if each.status is Status.DUPLICATE],
        drills=[each.number for each in kept if kind_of(each) is Kind.DRILL],
        near_misses=[each.number for each in kept if kind_of(each) is Kind.NEAR_MISS],
        unreadable=past.unreadable,
        private=sum(each.private for each in counted),
        promises=promises,
        raised=Share(sum(each.worst < each.first_severity for each in counted), len(counted)),
        lowered=Share(sum(each.severity > each.first_severity for each in counted), len(counted)),
        by_people=Share(sum(is_person(each.declared_by) for each in counted), len(counted)),
        afterwards=len(counted) - len(live),
        actions=actions,
        version=_version(past.records, actions.items),
    )


def compared(one: Figures, other: Figures) -> list[Compared]:
    """Compare each measure of two spans, the one that begins earlier with the other."""
    earlier, later = sorted((one, other), key=lambda each: each.span.period.start)
    return [
        _compared(before, after) for before, after in zip(earlier.summaries, later.summaries, strict=True)
    ]


def _compared(earlier: Summary, later: Summary) -> Compared:
    both = earlier.measured.observations, later.measured.observations
    seed = earlier.measure.value
    return Compared(earlier, later, compare(*both, seed), power(*both, seed))


def _summary(of: Measured, seed: str) -> Summary:
    sample = Sample.of(of.observations)
    median_interval, p90_interval = intervals(sample, (MEDIAN, P90), f"{of.measure}:{seed}")
    has_p90 = len(sample) >= P90_FROM
    return Summary(
        measured=of,
        count=len(sample),
        open=len(sample) - sample.over,
        median=sample.quantile(MEDIAN),
        p90=sample.quantile(P90) if has_p90 else None,
        median_interval=median_interval,
        p90_interval=p90_interval if has_p90 else Interval(None, None),
    )


def _version(records: Sequence[Record], items: Sequence[ActionRecord]) -> str:
    named = ",".join(f"{each.number}:{each.version}" for each in records)
    named += "".join(f",{reference(each.number)}:{each.version}" for each in items)
    return sha256(named.encode()).hexdigest()[:12]
