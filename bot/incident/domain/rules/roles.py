"""Who does what, and how a role ends."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.command import offer_handoff
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.vocabulary import Ending, Role, mention


def assign(
    incident: Incident, role: Role, person: str, *, by: str, now: datetime, force: bool = False
) -> Decision:
    """Give a role to a person. Command that somebody holds is only offered, unless `force` says it must be.

    Only the commander may hand command over; `force` is for the commander who cannot be reached, and the
    timeline keeps who used it.
    """
    if refused := closed(incident):
        return refused
    if person in incident.roles.get(role, ()):
        return Refused(f"{mention(person)} is already {role.title} of {incident.reference}.")
    held = incident.commander if role is Role.COMMANDER else None
    if held and not force:
        return offer_handoff(incident, person, by=by, now=now)
    previous = None if role is Role.EXPERT else incident.holder(role)
    fact = facts.RoleAssigned(
        at=now, by=by, role=role, person=person, previous=previous, forced=held is not None
    )
    return (fact,)


def unassign(incident: Incident, person: str, role: Role | None, *, by: str, now: datetime) -> Decision:
    """End a role of somebody's with nobody to follow; without `role`, all that they hold.

    Command is given up by its holder only: others take it from somebody who cannot be reached by `assign … force`.
    """
    if refused := closed(incident):
        return refused
    held = incident.roles_of(person)
    ending = held if role is None else tuple(each for each in held if each is role)
    if not ending:
        what = "holds no role in" if role is None else f"is not {role.title} of"
        return Refused(f"{mention(person)} {what} {incident.reference}.")
    if Role.COMMANDER in ending and by != person:
        return Refused(
            f"{mention(person)} has command of {incident.reference}, and only they can give it up. If they cannot be "
            "reached: `/incident assign me commander force`. Another role of theirs: name it."
        )
    return (facts.RolesEnded(at=now, by=by, person=person, roles=ending, why=Ending.UNASSIGNED),)


def part(incident: Incident, person: str, why: Ending, *, now: datetime) -> Decision:
    """Somebody has left the war room, or is gone: what they held of an open incident ends with that."""
    if refused := closed(incident):
        return refused
    held = incident.roles_of(person)
    if not held and incident.handoff_to != person:
        return Refused(f"{mention(person)} holds no role in {incident.reference}.")
    return (facts.RolesEnded(at=now, by=person, person=person, roles=held, why=why),)
