"""The rule that records and corrects the times of milestones, and the order that they must have."""

from datetime import datetime

from bot.core.decision import Refused
from bot.core.text import moment
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.rules.limits import long_before, too_long
from bot.incident.domain.vocabulary import Milestone, Status

# What cannot be the other way round. All other milestones have only a usual order, in which `Milestone` lists them: an
# incident may be declared before customers notice anything, or be over before somebody takes command.
_ALWAYS = frozenset(
    {
        (Milestone.STARTED, Milestone.DETECTED),
        (Milestone.STARTED, Milestone.MITIGATED),
        (Milestone.STARTED, Milestone.RESOLVED),
        (Milestone.MITIGATED, Milestone.RESOLVED),
    }
)
_REACHED = {
    Milestone.MITIGATED: (Status.MITIGATED, Status.RESOLVED, Status.REVIEWED),
    Milestone.RESOLVED: (Status.RESOLVED, Status.REVIEWED),
}


def set_milestone(
    incident: Incident,
    milestone: Milestone,
    when: datetime,
    *,
    by: str,
    now: datetime,
    reason: str = "",
    sure: bool = False,
) -> Decision:
    """Record when a milestone was reached, or correct it. The old time and who had set it stay in the fact.

    A closed incident still takes corrections, because reviews need them. An unusual time is accepted only if the person
    is `sure`.
    """
    if refused := too_long(reason, "reason") or _not_settable(incident, milestone):
        return refused
    if when > now:
        return Refused(f"{milestone.phrase} cannot be in the future.", field="at")
    old = incident.milestones.get(milestone)
    if when == old:
        return Refused(
            f"{incident.reference} has that time already: {milestone.phrase} {moment(when)}.", field="at"
        )
    if refused := out_of_order(incident, milestone, when, sure=sure):
        return refused
    if refused := long_before(incident, when, "at", sure=sure):
        return refused
    setter = incident.milestones_by.get(milestone, "") if old else ""
    return (
        facts.MilestoneSet(
            at=now, by=by, milestone=milestone, when=when, old=old, old_by=setter, reason=reason.strip()
        ),
    )


def out_of_order(incident: Incident, milestone: Milestone, when: datetime, *, sure: bool) -> Refused | None:
    """Why this time cannot be right beside the other milestones, or whether it is right; None if it fits."""
    order = list(Milestone)
    unusual: Refused | None = None
    for other in order:
        at = incident.milestones.get(other)
        if at is None or other is milestone:
            continue
        is_later = order.index(milestone) > order.index(other)
        if (when >= at) if is_later else (when <= at):
            continue
        wrong = (
            f"{milestone.phrase} cannot be {'before' if is_later else 'after'} {other.noun} ({moment(at)})"
        )
        if ((other, milestone) if is_later else (milestone, other)) in _ALWAYS:
            return Refused(f"{wrong}: correct that one first, or write another time.", field="at")
        asked = f"That is {'before' if is_later else 'after'} {other.noun} ({moment(at)}). Is it right?"
        unusual = unusual or Refused(asked, field="at", unless_sure=True)
    return None if sure else unusual


def _not_settable(incident: Incident, milestone: Milestone) -> Refused | None:
    if milestone is Milestone.DECLARED:
        return Refused(
            "The time of the declaration cannot be changed: it is when this was recorded. "
            "When impact began is `started`.",
            field="milestone",
        )
    statuses = _REACHED.get(milestone)
    if statuses is None or incident.status in statuses:
        return None
    return Refused(
        f"{incident.reference} is {incident.status}, so it has no time at which it was {milestone}.",
        field="milestone",
    )
