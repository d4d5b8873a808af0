"""The rules for what was no incident of its own: cancelling a false alarm, merging a duplicate, and undoing that."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.rules.limits import too_long
from bot.incident.domain.rules.severity_and_status import reopened
from bot.incident.domain.vocabulary import reference

Both = (
    tuple[tuple[facts.Fact, ...], tuple[facts.Fact, ...]] | Refused
)  # the facts of the one and of the other

ITSELF = "An incident cannot be a duplicate of itself: name the other one."


def cancel(incident: Incident, reason: str = "", *, by: str, now: datetime) -> Decision:
    """Close a false alarm."""
    if refused := closed(incident) or too_long(reason, "reason"):
        return refused
    return (facts.Cancelled(at=now, by=by, old=incident.status, reason=reason.strip()),)


def mark_duplicate(
    incident: Incident, original: Incident, *, by: str, now: datetime, room: str = "", reason: str = ""
) -> Both:
    """Close an incident as a duplicate of another one, which may be closed too, and merge it into that one.

    Either both are private or neither: whoever reads of one of them in its war room learns of the other.
    """
    if refused := closed(incident) or too_long(reason, "reason"):
        return refused
    if original.number == incident.number:
        return Refused(ITSELF, field="reference")
    if original.private is not incident.private:
        private, public = (incident, original) if incident.private else (original, incident)
        return Refused(
            f"{private.reference} is private and {public.reference} is not, so they cannot be merged: "
            "what is private must stay so.",
            field="reference",
        )
    if original.duplicate_of is not None:
        return Refused(
            f"{original.reference} is a duplicate itself, of {reference(original.duplicate_of)}: name that one.",
            field="reference",
        )
    marked = facts.MarkedDuplicate(
        at=now, by=by, old=incident.status, reason=reason.strip(), of=original.number, room=room
    )
    holders = dict.fromkeys(person for people in incident.roles.values() for person in people)
    merged = facts.DuplicateMerged(
        at=now, by=by, number=incident.number, title=incident.title, people=tuple(holders)
    )
    return (marked,), (merged,)


def reopen_duplicate(incident: Incident, original: Incident, reason: str, *, by: str, now: datetime) -> Both:
    """Reopen a duplicate: it is an incident of its own after all."""
    if incident.duplicate_of != original.number:
        return Refused(f"{incident.reference} has just been changed by somebody else: please try again.")
    decision = reopened(incident, reason, by=by, now=now)
    if isinstance(decision, Refused):
        return decision
    parted = facts.DuplicateReopened(at=now, by=by, number=incident.number, reason=reason.strip())
    return decision, (parted,)
