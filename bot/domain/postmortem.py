"""The blameless draft: what the timeline already knows, in the order in which a review reads it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.events import Entry, in_order
from bot.domain.incident import Incident
from bot.domain.policy import Policy
from bot.domain.vocabulary import Milestone, Role


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
        impact: the sentence by which the severity was chosen.
        roles: who held what at the end.
        milestones: those that are known, in the order of time.
        intervals: the times to detect, acknowledge, mitigate and resolve.
        timeline: every fact, by when it happened.
    """

    incident: Incident
    impact: str
    roles: Sequence[tuple[Role, str]]
    milestones: Sequence[tuple[Milestone, datetime]]
    intervals: Sequence[Interval]
    timeline: Sequence[Entry]
    drafted_at: datetime


def draft(incident: Incident, timeline: Sequence[Entry], policy: Policy, now: datetime) -> Draft:
    """Gather the draft of an incident, finished or not."""
    return Draft(
        incident=incident,
        impact=policy.impact(incident.severity),
        roles=[(role, person) for role in Role for person in incident.roles.get(role, ())],
        milestones=sorted(
            ((name, incident.milestones[name]) for name in Milestone if name in incident.milestones),
            key=lambda known: known[1],  # stable: of the same moment, the usual order
        ),
        intervals=intervals(incident),
        timeline=in_order(list(timeline)),
        drafted_at=now,
    )


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
