"""Whom the policy calls into the war room when an incident is declared at a severity, or raised to it."""

from collections.abc import Sequence

from bot.incident.domain import facts
from bot.incident.domain.effects import CallIn, Effect
from bot.incident.domain.incident import Incident
from bot.incident.domain.kinds import Kind
from bot.incident.domain.policy import Policy
from bot.incident.domain.timeline import Entry


def called(entries: Sequence[Entry], incident: Incident, policy: Policy) -> tuple[Effect, ...]:
    """What these facts of one act call for. Nobody is called to a private incident: its people choose whom they let in.

    By default a drill calls nobody.
    """
    if incident.is_drill and not policy.drills.call:
        return ()
    if incident.private or incident.is_closed or not any(_gets_worse(entry.fact) for entry in entries):
        return ()
    call = policy.call(incident.severity)
    return (CallIn(call.people, call.groups),) if call else ()


def _gets_worse(fact: facts.Fact) -> bool:
    match fact:
        case facts.Declared():
            return True
        case facts.SeverityChanged():
            return fact.new < fact.old
        case facts.KindChanged():
            return fact.new is Kind.INCIDENT
        case _:
            return False
