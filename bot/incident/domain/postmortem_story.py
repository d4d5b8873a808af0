"""What a draft says beyond the bare facts: how long customers were hit, who noticed, what could have told us sooner, gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.actor import is_person
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Role

SHORTEST_GAP = timedelta(minutes=30)  # a shorter silence is none
SLOW = timedelta(minutes=5)  # from the detection to the declaration


@dataclass(frozen=True, slots=True)
class ImpactDuration:
    """How long customers were hit.

    Attributes:
        start: the milestone from which it is counted; if nobody knows when impact began, the earliest that is known, and
            it may have been longer.
        end: the milestone until which it is counted.
    """

    start: Milestone
    end: Milestone
    took: timedelta


@dataclass(frozen=True, slots=True)
class Noticed:
    """Who noticed it, and how.

    Attributes:
        at: when: the detection, or the declaration if nobody has recorded that.
        by: who declared it: a person or a machine.
        source: the link to the message from which it was declared; empty if there is none.
    """

    at: datetime
    by: str
    source: str

    @property
    def by_machine(self) -> bool:
        """Whether a machine declared it."""
        return not is_person(self.by)


@dataclass(frozen=True, slots=True)
class Detection:
    """What the times say about whether it could have been known sooner. A length is None if it is not known, or short.

    Attributes:
        unnoticed: from the start of impact to the detection.
        undeclared: from the detection to the declaration.
        first_sign: the first thing on the timeline that happened before the declaration and before the detection.
        before_it: how long that was before the declaration.
        start_is_unknown: whether nobody has recorded when impact began.
    """

    unnoticed: timedelta | None
    undeclared: timedelta | None
    first_sign: Entry | None
    before_it: timedelta | None
    start_is_unknown: bool


def impact_duration(incident: Incident) -> ImpactDuration | None:
    """From the start of impact to the mitigation, else to the resolution; None while neither is known."""
    known = incident.milestones
    first = min(
        (Milestone.DECLARED, Milestone.DETECTED), key=lambda each: known.get(each, incident.declared_at)
    )
    start = Milestone.STARTED if Milestone.STARTED in known else first
    end = next((each for each in (Milestone.MITIGATED, Milestone.RESOLVED) if each in known), None)
    if end is None or known[end] < known[start]:
        return None
    return ImpactDuration(start, end, known[end] - known[start])


def noticed(incident: Incident) -> Noticed:
    """Who noticed it, and how, as far as the facts tell."""
    at = incident.milestones.get(Milestone.DETECTED, incident.declared_at)
    return Noticed(at, incident.declared_by, incident.source)


def detection(incident: Incident, timeline: Sequence[Entry]) -> Detection:
    """What the times say. `timeline` are the entries that count."""
    known = incident.milestones
    started, detected = known.get(Milestone.STARTED), known.get(Milestone.DETECTED)
    known_at = detected or incident.declared_at
    signs = [each for each in timeline if isinstance(each.fact, facts.Noted) and each.fact.at < known_at]
    first = min(signs, key=lambda each: each.fact.at, default=None)
    declared_after = incident.declared_at - detected if detected else None
    return Detection(
        unnoticed=known_at - started if started and known_at > started else None,
        undeclared=declared_after if declared_after and declared_after >= SLOW else None,
        first_sign=first,
        before_it=incident.declared_at - first.fact.at if first else None,
        start_is_unknown=started is None,
    )


def gap_before(before: Entry | None, entry: Entry, incident: Incident, policy: Policy) -> timedelta | None:
    """How long nothing was recorded before an entry, if that is worth marking: not after the end, where nobody needs to.

    It is marked from twice the cadence of the worst severity, but not below half an hour.
    """
    if before is None or (incident.ended_at and before.fact.at >= incident.ended_at):
        return None
    gap = entry.fact.at - before.fact.at
    longest = max(2 * policy.cadence(incident.worst), SHORTEST_GAP)
    return gap if gap >= longest else None


def handoffs(timeline: Sequence[Entry]) -> list[Entry]:
    """The entries by which command passed from one person to another, or ended."""
    return [each for each in timeline if _is_handoff(each.fact)]


def _is_handoff(fact: facts.Fact) -> bool:
    match fact:
        case facts.RoleAssigned(role=Role.COMMANDER):
            return True
        case facts.RolesEnded():
            return Role.COMMANDER in fact.roles
        case _:
            return isinstance(fact, facts.HandoffDeclined | facts.TakeoverDeclined)
