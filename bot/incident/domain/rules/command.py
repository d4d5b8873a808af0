"""The rules of command: taking, offering, accepting and declining it."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.vocabulary import Role, mention


def take_command(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Become commander of an incident that has none, or whose command was offered to you."""
    if refused := closed(incident):
        return refused
    if incident.commander == by:
        return Refused(f"You already have command of {incident.reference}.")
    if incident.commander and incident.handoff_to != by:
        return Refused(
            f"{mention(incident.commander)} already has command of {incident.reference}. "
            "Offer your help in the war room, or ask for command: `/incident takeover`."
        )
    return (facts.RoleAssigned(at=now, by=by, role=Role.COMMANDER, person=by, previous=incident.commander),)


def offer_handoff(incident: Incident, to: str, *, by: str, now: datetime) -> Decision:
    """Ask a person to take over command. The commander stays in command until they accept."""
    if refused := closed(incident):
        return refused
    if incident.commander is None:
        return Refused(f"Nobody has command of {incident.reference} yet: press Take command, or assign it.")
    if incident.commander == to and to != by:
        return Refused(f"{mention(to)} already has command of {incident.reference}.", field="person")
    if incident.commander != by:
        return Refused(
            f"Only {mention(incident.commander)} can hand over command; `/incident takeover` asks them. "
            "If they cannot be reached: "
            f"`/incident assign {mention(to)} commander force`."
        )
    if to == by:
        return Refused("You already have command. Choose somebody else to hand it to.", field="person")
    if incident.handoff_to == to:
        return Refused(f"{mention(to)} has already been asked and has not answered yet.", field="person")
    return (facts.HandoffOffered(at=now, by=by, to=to, instead_of=incident.handoff_to),)


def answer_handoff(incident: Incident, *, accept: bool, by: str, now: datetime) -> Decision:
    """Accept or decline command that was offered to you. If the commander declines, that takes the offer back."""
    if refused := closed(incident):
        return refused
    if incident.handoff_to is None:
        return Refused("This offer of command has already been answered.")
    if accept and incident.handoff_to == by:
        return (
            facts.RoleAssigned(at=now, by=by, role=Role.COMMANDER, person=by, previous=incident.commander),
        )
    if not accept and by in (incident.handoff_to, incident.commander):
        return (facts.HandoffDeclined(at=now, by=by, to=incident.handoff_to),)
    return Refused(f"Command was offered to {mention(incident.handoff_to)}: only they can answer.")
