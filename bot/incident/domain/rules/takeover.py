"""The rules of asking for command that somebody else has."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.command import take_command
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.vocabulary import Role, mention


def ask_takeover(incident: Incident, *, by: str, now: datetime) -> Decision:
    """Ask the commander to hand over command. Command that nobody has, or that is offered to you, you take."""
    commander = incident.commander
    if commander in (None, by) or incident.handoff_to == by or incident.is_closed:
        return take_command(incident, by=by, now=now)
    if incident.takeover_by == by:
        return Refused(
            f"You have asked {mention(commander)} already. If they cannot be reached: "
            "`/incident assign me commander force`."
        )
    if incident.takeover_by:
        return Refused(
            f"{mention(incident.takeover_by)} has asked {mention(commander)} for command already, "
            "and there is no answer yet."
        )
    return (facts.TakeoverAsked(at=now, by=by, commander=commander),)


def answer_takeover(incident: Incident, asker: str, *, accept: bool, by: str, now: datetime) -> Decision:
    """Hand command over to the person who asked for it, or keep it. If that person declines, they take it back."""
    if refused := closed(incident):
        return refused
    commander = incident.commander
    if commander is None or incident.takeover_by != asker:
        return Refused("This request for command has already been answered.")
    if by == commander and accept:
        assigned = facts.RoleAssigned(at=now, by=by, role=Role.COMMANDER, person=asker, previous=commander)
        return (assigned,)
    if by == commander or (by == asker and not accept):
        return (facts.TakeoverDeclined(at=now, by=by, to=asker),)
    return Refused(f"{mention(commander)} was asked for command: only they can answer.")
