"""The record of an incident: the little of it that figures about many incidents need."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.incident.domain.action_records import ActionRecord
from bot.incident.domain.incident import Incident
from bot.incident.domain.promise_tally import PromiseStep
from bot.incident.domain.vocabulary import Milestone, Severity, Status
from bot.incident.domain.work import NO_WORK, Work


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time (UTC), from its start until before its end."""

    start: datetime
    end: datetime

    def __contains__(self, moment: datetime) -> bool:
        """Whether the moment is in it."""
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What figures need of an incident. All times are in UTC.

    Attributes:
        version: the number of facts that the record was made from.
        severity: the one that it has now, or had at its end.
        first_severity: the one with which it was declared.
        without_room: whether it was recorded when it was over.
        ended_at: when it was closed last; None if it never was.
        milestones: when each known milestone was reached, as it was corrected last.
        is_drill: whether people only practised.
        steps: what is about its promised updates.
    """

    number: int
    version: int
    title: str
    severity: Severity
    first_severity: Severity
    worst: Severity
    status: Status
    private: bool
    without_room: bool
    declared_by: str
    declared_at: datetime
    ended_at: datetime | None
    milestones: Mapping[Milestone, datetime]
    is_drill: bool = False
    steps: Sequence[PromiseStep] = ()

    @classmethod
    def of(cls, incident: Incident, steps: Sequence[PromiseStep] = ()) -> "Record":
        """The record of this incident."""
        return cls(
            number=incident.number,
            version=incident.version,
            title=incident.title,
            severity=incident.severity,
            first_severity=(*incident.severities, incident.severity)[0],
            worst=incident.worst,
            status=incident.status,
            private=incident.private,
            without_room=incident.without_room,
            declared_by=incident.declared_by,
            declared_at=incident.declared_at,
            ended_at=incident.ended_at,
            milestones=incident.milestones,
            is_drill=incident.is_drill,
            steps=steps,
        )


@dataclass(frozen=True, slots=True)
class Past:
    """What was read of incidents, for a look back.

    Attributes:
        records: in the order of their numbers.
        unreadable: how many could not be read, because another release wrote them or they are damaged.
        work: what people did in them, if that was asked for.
        actions: all action items whose incidents meet the same conditions, of whatever time.
    """

    records: Sequence[Record] = ()
    unreadable: int = 0
    work: Work = NO_WORK
    actions: Sequence[ActionRecord] = ()
