"""The rules that give and end roles."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.roles import DEFAULT_ROLES, Roles
from bot.incident.domain.rules.command import offer_handoff
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.vocabulary import Role, RoleEndReason, mention


def assign(
    incident: Incident,
    role: str,
    person: str,
    *,
    by: str,
    now: datetime,
    force: bool = False,
    roles: Roles = DEFAULT_ROLES,
) -> Decision:
    """Give a role to a person. Command that somebody holds is only offered, except with `force`.

    Only the commander may offer command. `force` is for a commander who cannot be reached; the timeline records who
    used it.
    """
    if refused := closed(incident):
        return refused
    if person in incident.roles.get(role, ()):
        return Refused(f"{mention(person)} is already {roles.title(role)} of {incident.reference}.")
    held = incident.commander if role == Role.COMMANDER else None
    if held and not force:
        return offer_handoff(incident, person, by=by, now=now)
    previous = None if roles.several(role) else incident.holder(role)
    fact = facts.RoleAssigned(
        at=now, by=by, role=role, person=person, previous=previous, forced=held is not None
    )
    return (fact,)


def unassign(
    incident: Incident,
    person: str,
    role: str | None,
    *,
    by: str,
    now: datetime,
    roles: Roles = DEFAULT_ROLES,
) -> Decision:
    """End a person's role without a successor; with None, all roles that they hold.

    Only the commander can give up command. Others use `assign … force` if the commander cannot be reached.
    """
    if refused := closed(incident):
        return refused
    held = incident.roles_of(person)
    ending = held if role is None else tuple(each for each in held if each == role)
    if not ending:
        what = "holds no role in" if role is None else f"is not {roles.title(role)} of"
        return Refused(f"{mention(person)} {what} {incident.reference}.")
    if Role.COMMANDER in ending and by != person:
        return Refused(
            f"{mention(person)} has command of {incident.reference}, and only they can give it up. If they cannot be "
            "reached: `/incident assign me commander force`. To end another role of theirs, name it."
        )
    return (facts.RolesEnded(at=now, by=by, person=person, roles=ending, why=RoleEndReason.UNASSIGNED),)


def decline_role(
    incident: Incident, role: str, *, by: str, now: datetime, roles: Roles = DEFAULT_ROLES
) -> Decision:
    """Say that one cannot take a role that one was given: it ends."""
    if refused := closed(incident):
        return refused
    if role not in incident.roles_of(by):
        return Refused(f"You are not {roles.title(role)} of {incident.reference} any more.")
    return (facts.RolesEnded(at=now, by=by, person=by, roles=(role,), why=RoleEndReason.DECLINED),)


def leave(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Step down from all roles that one holds; one stays in the war room."""
    if not closed(incident) and not incident.roles_of(by):
        return Refused(f"You hold no role in {incident.reference}, so there is nothing to step down from.")
    return unassign(incident, by, None, by=by, now=now)


def end_roles(incident: Incident, person: str, why: RoleEndReason, *, now: datetime) -> Decision:
    """End all roles of a person who has left the war room or was deactivated, if the incident is open."""
    if refused := closed(incident):
        return refused
    held = incident.roles_of(person)
    if not held and incident.handoff_to != person:
        return Refused(f"{mention(person)} holds no role in {incident.reference}.")
    return (facts.RolesEnded(at=now, by=person, person=person, roles=held, why=why),)
