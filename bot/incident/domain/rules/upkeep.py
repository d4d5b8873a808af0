"""The rules about what is left to do after the end: who writes the postmortem, and what becomes of the war room."""

from datetime import datetime

from bot.core.actor import machine
from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.keep_reason import KeepReason
from bot.incident.domain.rules.decision import Decision
from bot.incident.domain.vocabulary import mention

KEEPER = machine("warroom")


def choose_postmortem_owner(incident: Incident, person: str, *, by: str, now: datetime) -> Decision:
    """Record who writes the postmortem. It can be chosen before the end, too."""
    if incident.status.is_set_aside:
        return Refused(f"{incident.reference} is {incident.status}: nobody owes a postmortem.")
    if incident.postmortem_owner == person:
        return Refused(
            f"{mention(person)} writes the postmortem of {incident.reference} already.", field="person"
        )
    return (facts.PostmortemOwnerChosen(at=now, by=by, person=person, previous=incident.postmortem_owner),)


def keep_room(incident: Incident, why: KeepReason, *, by: str, now: datetime) -> Decision:
    """Keep the war room of a closed incident open: the time until it is archived begins again."""
    return not_archivable(incident) or (facts.RoomKept(at=now, by=by, why=why),)


def room_unarchived(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Somebody has unarchived the war room in Slack: it stays open, and we ask again after the same time."""
    if incident.archived_at is None:
        return Refused(f"The war room of {incident.reference} was not archived by me.")
    return (facts.RoomKept(at=now, by=by, why=KeepReason.UNARCHIVED),)


def room_archived(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Record that the war room of a closed incident was archived."""
    return not_archivable(incident) or (facts.RoomArchived(at=now, by=by),)


def not_archivable(incident: Incident) -> Refused | None:
    """The refusal if there is nothing to archive any more, or not yet; None if there is."""
    if not incident.is_closed:
        return Refused(f"{incident.reference} is {incident.status}: its war room stays open.")
    if incident.archived_at is not None:
        return Refused(
            f"The war room of {incident.reference} is archived already. In Slack it can be unarchived."
        )
    return None
