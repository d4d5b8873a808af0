"""The rule that records an incident which was over before anybody declared it."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident, evolve, fold
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.declaring import declare
from bot.incident.domain.rules.milestones import set_milestone
from bot.incident.domain.rules.severity_and_status import resolve
from bot.incident.domain.vocabulary import Milestone, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An incident that is over, as somebody tells it. All times are in UTC.

    Attributes:
        summary: what happened.
        services: the keys of the services that it affected.
        came_from: see `facts.Declared`.
        fix: what ended it.
        started: when impact started; None if nobody knows. The same for the others.
        mitigated: None if impact ended when it was over.
        resolved: when it was over; None for now.
    """

    title: str
    severity: Severity
    summary: str = ""
    services: tuple[str, ...] = ()
    came_from: str = ""
    fix: str = ""
    started: datetime | None = None
    detected: datetime | None = None
    mitigated: datetime | None = None
    resolved: datetime | None = None


def declare_past(past: Past, *, number: int, by: str, now: datetime) -> Decision:
    """Record it with its times. It has no war room, and nobody is called.

    Times that cannot be right are refused. Unusual ones are taken: there is nobody to ask whom it would not slow down.
    """
    declared = declare(
        number=number,
        title=past.title,
        severity=past.severity,
        summary=past.summary,
        services=past.services,
        came_from=past.came_from,
        by=by,
        now=now,
    )
    if isinstance(declared, Refused):
        return declared
    happened: list[facts.Fact] = [
        replace(each, without_room=True) if isinstance(each, facts.Declared) else each for each in declared
    ]
    incident = fold(happened)
    over = resolve(incident, by=by, now=now, summary=past.fix)
    if isinstance(over, Refused):
        return replace(over, field="fix")
    happened += over
    for each in over:
        incident = evolve(incident, each)
    ended = past.resolved or now
    times = (
        (Milestone.MITIGATED, past.mitigated or ended),
        (Milestone.RESOLVED, ended),
        (Milestone.STARTED, past.started),
        (Milestone.DETECTED, past.detected),
    )
    for milestone, at in times:
        if at is None or incident.milestones.get(milestone) == at:
            continue
        recorded = _recorded(incident, milestone, at, by=by, now=now)
        if isinstance(recorded, Refused):
            return recorded
        happened.append(recorded)
        incident = evolve(incident, recorded)
    return tuple(happened)


def _recorded(
    incident: Incident, milestone: Milestone, at: datetime, *, by: str, now: datetime
) -> facts.MilestoneSet | Refused:
    """The time of a milestone, or the refusal at its field. It corrects nothing that anybody has said."""
    decision = set_milestone(incident, milestone, at, by=by, now=now, sure=True)
    if isinstance(decision, Refused):
        return replace(decision, field=str(milestone))
    return facts.MilestoneSet(at=now, by=by, milestone=milestone, when=at)
