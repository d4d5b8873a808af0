"""The blameless postmortem draft: what the timeline has, in the order of a review."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bot.incident.domain import corrections, facts
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.decisions import RecordedDecision
from bot.incident.domain.incident import Incident
from bot.incident.domain.parking import ParkedThought, still_parked
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_policy import DraftTemplate
from bot.incident.domain.postmortem_story import (
    Detection,
    ImpactDuration,
    Noticed,
    detection,
    gap_before,
    handoffs,
    impact_duration,
    noticed,
)
from bot.incident.domain.promises import Ledger, ledger
from bot.incident.domain.tasks import Task
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Severity, reference


@dataclass(frozen=True, slots=True)
class Interval:
    """A measured time between two milestones.

    Attributes:
        took: None if one of the milestones is missing.
    """

    name: str
    start: Milestone
    end: Milestone
    took: timedelta | None


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything `postmortem.md.j2` may use.

    Attributes:
        services: the titles of the services that it affects.
        peak: the worst severity that the incident had; `incident.severity` is the present one.
        severities: how long the incident was open at each severity, the worst first.
        impact: what people said about the impact at the time, and when: the summary and the updates' conditions.
        roles: who holds which role now: the role's key and the person.
        parked: the thoughts that wait for the review.
        decisions: every decision, whatever became of it.
        milestones: the known ones, in order of time.
        intervals: the times to detect, acknowledge, mitigate and resolve.
        tasks: the tasks that are left open.
        updates: which promised updates were kept, late or missed.
        timeline: the entries that count, with their corrections, in the order in which things happened.
        struck: how many entries were struck.
        duplicates: the references and timelines of the incidents that were merged into it.
        drafted_at: the time of the draft (UTC).
        template: which template the policy wants for it.
        noticed: who noticed it, and how.
        detection: what the times say about whether it could have been known sooner.
        impact_duration: how long customers were hit; None if that is not known.
        handoffs: the entries by which command passed on, or ended.
        gaps: how long nothing was recorded before an entry of the timeline, by its number, where that is worth marking.
        action_items: those of the incident, and of the incidents that were merged into it, in the order of their numbers.
    """

    incident: Incident
    peak: Severity
    severities: Sequence[tuple[Severity, timedelta]]
    impact: Sequence[tuple[datetime, str]]
    roles: Sequence[tuple[str, str]]
    parked: Sequence[ParkedThought]
    decisions: Sequence[RecordedDecision]
    milestones: Sequence[tuple[Milestone, datetime]]
    intervals: Sequence[Interval]
    tasks: Sequence[Task]
    updates: Ledger
    timeline: Sequence[Entry]
    struck: int
    drafted_at: datetime
    template: DraftTemplate
    noticed: Noticed
    detection: Detection
    impact_duration: ImpactDuration | None
    handoffs: Sequence[Entry]
    gaps: Mapping[int, timedelta]
    duplicates: Sequence[tuple[str, Sequence[Entry]]] = ()
    services: Sequence[str] = ()
    action_items: Sequence[ActionLine] = ()

    @property
    def merged_timeline(self) -> list[tuple[str, Entry]]:
        """The timeline with those of the duplicates. Each entry has its duplicate's reference; empty for its own."""
        every = [("", entry) for entry in self.timeline]
        if not self.duplicates:
            return every  # in this order already
        every += [(reference, entry) for reference, timeline in self.duplicates for entry in timeline]
        return sorted(every, key=lambda each: (each[1].fact.at, each[0], each[1].seq))


def draft(
    incident: Incident,
    timeline: Sequence[Entry],
    policy: Policy,
    now: datetime,
    duplicates: Sequence[tuple[int, Sequence[Entry]]] = (),
    *,
    action_items: Sequence[ActionLine] = (),
) -> Draft:
    """The draft for an incident, open or closed. `duplicates` are the numbers and timelines of those merged into it.

    What is done about the postmortem itself is none of its timeline. Once it was sent to review, it has the entries up to
    then, and later ones only after somebody has taken them over.
    """
    up_to = incident.postmortem.up_to
    timeline = [
        each
        for each in timeline
        if (up_to is None or each.seq <= up_to) and not isinstance(each.fact, facts.PostmortemFact)
    ]
    severities = time_at_severities(timeline, now)
    own = corrections.timeline(timeline)
    merged = [(reference(number), corrections.timeline(entries)) for number, entries in duplicates]
    shown = _counting(own)
    return Draft(
        incident=incident,
        peak=min((severity for severity, _ in severities), default=incident.severity),
        severities=severities,
        impact=[(entry.fact.at, said) for entry in shown if (said := _impact(entry.fact))],
        roles=[(role, person) for role in incident.held for person in incident.roles[role]],
        parked=still_parked(incident.parked),
        decisions=incident.decisions,
        milestones=sorted(
            ((name, incident.milestones[name]) for name in Milestone if name in incident.milestones),
            key=lambda known: known[1],  # stable: milestones of the same moment keep their usual order
        ),
        intervals=intervals(incident),
        tasks=incident.open_tasks,
        updates=ledger(timeline, policy, now),
        timeline=shown,
        struck=sum(each.struck is not None for of in (own, *(other for _, other in merged)) for each in of),
        drafted_at=now,
        duplicates=[(name, _counting(entries)) for name, entries in merged],
        action_items=action_items,
        services=[policy.services.title(key) for key in incident.services],
        template=_template(incident, timeline, policy),
        noticed=noticed(incident),
        detection=detection(incident, shown),
        impact_duration=impact_duration(incident),
        handoffs=handoffs(shown),
        gaps={
            entry.seq: gap
            for before, entry in pairwise([None, *shown])
            if entry and (gap := gap_before(before, entry, incident, policy))
        },
    )


def _template(incident: Incident, timeline: Sequence[Entry], policy: Policy) -> DraftTemplate:
    """The template that the policy names; else that of near misses, for one that did no harm for which a draft is owed."""
    owed = policy.postmortem
    was_near_miss = any(isinstance(each.fact, facts.Declared) and each.fact.came_from for each in timeline)
    if was_near_miss and incident.worst not in {*owed.severities, *owed.templates}:
        return DraftTemplate.NEAR_MISS
    return owed.template(incident.worst)


def _counting(entries: Sequence[corrections.Shown]) -> list[Entry]:
    """Those that were not struck, as they count now."""
    return [each.entry for each in entries if each.struck is None]


def time_at_severities(timeline: Sequence[Entry], now: datetime) -> list[tuple[Severity, timedelta]]:
    """How long an incident was open at each severity that it had, the worst first. An open one counts until `now`."""
    total: dict[Severity, timedelta] = {}
    for severity, start, end in severity_spans(timeline, now):
        total[severity] = total.get(severity, timedelta(0)) + (end - start)
    return sorted(total.items())


def severity_spans(timeline: Sequence[Entry], now: datetime) -> Iterator[tuple[Severity, datetime, datetime]]:
    """The periods in which the incident was open at one severity: severity, start, end (UTC, which is not part of it)."""
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
    """TTD, TTA, TTM and TTR with their end points. An unknown time is left out, never guessed.

    TTD ends at `detected`, or at the declaration if that is unknown. TTM and TTR begin at `started`, or at the
    declaration if that is unknown.
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
    """The time between two moments; None if one is unknown, or if they are not in this order."""
    return end - start if start and end and end >= start else None
