"""The blameless draft: what the timeline already knows, in the order in which a review reads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.timeline import Entry, in_order
from bot.incident.domain.vocabulary import Milestone, Role, Severity


@dataclass(frozen=True, slots=True)
class Interval:
    """A measured span, always with the milestones it runs between. `took` is None where an end is missing."""

    name: str
    start: Milestone
    end: Milestone
    took: timedelta | None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything `postmortem.md.j2` may use.

    Attributes:
        peak: the worst severity that it had; `incident.severity` is the one that it has now.
        severities: how long it was open at each severity, the worst first.
        impact: what people said at the time of how it stood, and when: the summary and the updates' conditions.
        roles: who held what at the end.
        milestones: those that are known, in the order of time.
        intervals: the times to detect, acknowledge, mitigate and resolve.
        timeline: every fact, by when it happened.
    """

    incident: Incident
    peak: Severity
    severities: Sequence[tuple[Severity, timedelta]]
    impact: Sequence[tuple[datetime, str]]
    roles: Sequence[tuple[Role, str]]
    milestones: Sequence[tuple[Milestone, datetime]]
    intervals: Sequence[Interval]
    timeline: Sequence[Entry]
    drafted_at: datetime


def draft(incident: Incident, timeline: Sequence[Entry], now: datetime) -> Draft:
    """Gather the draft of an incident, finished or not."""
    severities = lasted(timeline, now)
    return Draft(
        incident=incident,
        peak=min((severity for severity, _ in severities), default=incident.severity),
        severities=severities,
        impact=[(entry.fact.at, said) for entry in in_order(list(timeline)) if (said := _impact(entry.fact))],
        roles=[(role, person) for role in Role for person in incident.roles.get(role, ())],
        milestones=sorted(
            ((name, incident.milestones[name]) for name in Milestone if name in incident.milestones),
            key=lambda known: known[1],  # stable: of the same moment, the usual order
        ),
        intervals=intervals(incident),
        timeline=in_order(list(timeline)),
        drafted_at=now,
    )


def lasted(timeline: Sequence[Entry], now: datetime) -> list[tuple[Severity, timedelta]]:
    """How long an incident was open at each severity that it had, the worst first; what is open lasts until `now`."""
    total: dict[Severity, timedelta] = {}
    for severity, start, end in _stretches(timeline, now):
        total[severity] = total.get(severity, timedelta(0)) + (end - start)
    return sorted(total.items())


def _stretches(timeline: Sequence[Entry], now: datetime) -> Iterator[tuple[Severity, datetime, datetime]]:
    """The stretches of time for which it was open at one severity."""
    severity, since, is_open = Severity.SEV1, now, False
    for entry in sorted(timeline, key=lambda entry: entry.seq):
        fact = entry.fact
        if not isinstance(fact, facts.Declared | facts.SeverityChanged | facts.StatusChanged):
            continue
        if is_open:
            yield severity, since, fact.at
        since = fact.at
        match fact:
            case facts.Declared():
                severity, is_open = fact.severity, True
            case facts.SeverityChanged():
                severity = fact.new
            case _:
                is_open = not fact.new.is_closed
    if is_open:
        yield severity, since, now


def _impact(fact: facts.Fact) -> str:
    match fact:
        case facts.Declared():
            return fact.summary
        case facts.UpdatePosted(unchanged=False):
            return fact.conditions
        case _:
            return ""


def intervals(incident: Incident) -> list[Interval]:
    """TTD, TTA, TTM and TTR with their end points. What nobody told is left open, never guessed.

    Impact starts at `started`; where nobody said when that was, the later three run from `declared`.
    Detection ends at `detected`; where nobody said, at the declaration.
    """
    known = incident.milestones
    origin = Milestone.STARTED if Milestone.STARTED in known else Milestone.DECLARED
    detected = Milestone.DETECTED if Milestone.DETECTED in known else Milestone.DECLARED
    spans = [
        ("Time to detect", Milestone.STARTED, detected),
        ("Time to acknowledge", Milestone.DECLARED, Milestone.ACKNOWLEDGED),
        ("Time to mitigate", origin, Milestone.MITIGATED),
        ("Time to resolve", origin, Milestone.RESOLVED),
    ]
    return [Interval(name, start, end, _took(known.get(start), known.get(end))) for name, start, end in spans]


def _took(start: datetime | None, end: datetime | None) -> timedelta | None:
    """A span whose ends are known and in their order: declared before it started, nothing was to be detected."""
    return end - start if start and end and end >= start else None
