"""The button with which somebody says that they cannot take a role that they were given."""

from functools import partial

from bot.incident.commands.registry import INCIDENT, button
from bot.incident.commands.request import ChangeIncident, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability


@button("decline_role", about=INCIDENT, may=Capability.OWN)
def decline_role(request: Request) -> Outcome:
    """End the role; the war room is told, so that somebody else can take it."""
    role = str(request.metadata.get("role", ""))[:50]
    return ChangeIncident(
        partial(rules.decline_role, role=role, by=request.actor, now=request.now, roles=request.policy.roles)
    )
