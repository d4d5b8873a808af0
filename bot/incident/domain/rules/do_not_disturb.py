"""The rules about a commander who is in do-not-disturb."""

from datetime import datetime

from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.captured import SLACK
from bot.incident.domain.rules.command import take_command
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.vocabulary import Role, mention


def note_do_not_disturb(incident: Incident, person: str, until: datetime, *, now: datetime) -> Decision:
    """Record that the commander is in do-not-disturb: once for each stretch, however often Slack says so."""
    if refused := closed(incident):
        return refused
    if incident.commander != person:
        return Refused(f"{mention(person)} does not have command of {incident.reference}.")
    if incident.do_not_disturb_until and now < incident.do_not_disturb_until:
        return Refused(f"{incident.reference} was told of it already.")
    return (facts.CommanderInDoNotDisturb(at=now, by=SLACK, person=person, until=until),)


def take_over_in_do_not_disturb(incident: Incident, person: str, *, by: str, now: datetime) -> Decision:
    """Take command from a commander who is in do-not-disturb and would not see a request for it.

    Once that has ended, or if somebody else has command by now, this is an ordinary try to take command.
    """
    until = incident.do_not_disturb_until
    if incident.commander in (None, by) or incident.commander != person or until is None or now >= until:
        return take_command(incident, by=by, now=now)
    return closed(incident) or (
        facts.RoleAssigned(
            at=now, by=by, role=Role.COMMANDER, person=by, previous=person, forced=incident.handoff_to != by
        ),
    )
