"""What is measured: the time between two milestones of an incident, always named with both of its end points."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.incident.domain.records import Record
from bot.incident.domain.vocabulary import Milestone
from bot.review.domain.survival import Observation

_UNTIL_CLOSED = (Milestone.MITIGATED, Milestone.RESOLVED)


class Measure(StrEnum):
    """A measure, in the order in which they are shown."""

    DETECT = "detect"
    DECLARE = "declare"
    ACKNOWLEDGE = "acknowledge"
    MITIGATE = "mitigate"
    RESOLVE = "resolve"
    IMPACT = "impact"

    @property
    def heading(self) -> str:
        """Its name: `Time to detect`."""
        return "Time of impact" if self is Measure.IMPACT else f"Time to {self.value}"

    @property
    def start(self) -> Milestone:
        """The milestone from which it is measured."""
        return _ENDS[self][0]

    @property
    def end(self) -> Milestone:
        """The milestone until which it is measured."""
        return _ENDS[self][1]

    @property
    def end_points(self) -> str:
        """Both in words: `started → detected`."""
        return f"{self.start} → {self.end}"


_ENDS = {
    Measure.DETECT: (Milestone.STARTED, Milestone.DETECTED),
    Measure.DECLARE: (Milestone.DETECTED, Milestone.DECLARED),
    Measure.ACKNOWLEDGE: (Milestone.DECLARED, Milestone.ACKNOWLEDGED),
    Measure.MITIGATE: (Milestone.DECLARED, Milestone.MITIGATED),
    Measure.RESOLVE: (Milestone.DECLARED, Milestone.RESOLVED),
    Measure.IMPACT: (Milestone.STARTED, Milestone.MITIGATED),
}


@dataclass(frozen=True, slots=True)
class Measured:
    """The durations of one measure in many incidents, and why the others have none.

    Attributes:
        unknown: the numbers of incidents in which one of the end points is not recorded.
        impossible: of those whose end points are the wrong way round.
        afterwards: of those that were recorded when they were over, so that they have no true declaration.
    """

    measure: Measure
    observations: list[Observation] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    impossible: list[int] = field(default_factory=list)
    afterwards: list[int] = field(default_factory=list)


def measured(measure: Measure, records: Iterable[Record], now: datetime) -> Measured:
    """Measure this in all of these incidents, at this time (UTC)."""
    result = Measured(measure)
    for record in records:
        if record.without_room and Milestone.DECLARED in (measure.start, measure.end):
            result.afterwards.append(record.number)
            continue
        start, end = record.milestones.get(measure.start), record.milestones.get(measure.end)
        until = end or _observed_until(record, measure.end, now)
        if start is None or until is None:
            result.unknown.append(record.number)
        elif until < start:
            result.impossible.append(record.number)
        else:
            seconds = (until - start).total_seconds()
            result.observations.append(Observation(record.number, seconds, end is not None))
    return result


def _observed_until(record: Record, milestone: Milestone, now: datetime) -> datetime | None:
    """Until when it was observed that the milestone was not reached; None if nobody knows whether it was.

    That an incident was detected is certain once it is declared, so a missing time is an unknown one. Nobody may ever
    have taken command of one that is over: it was not acknowledged until its end.
    """
    if milestone is Milestone.ACKNOWLEDGED:
        return record.ended_at if record.status.is_closed else now
    return now if milestone in _UNTIL_CLOSED and not record.status.is_closed else None
