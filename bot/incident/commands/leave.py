"""`/incident leave`: step down from all of one's roles."""

from functools import partial

from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import ChangeIncident, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability


@command(
    "leave",
    "leave",
    "Step down from all your roles",
    "The war room is told; if you had command, it is told that nobody has command now. You stay in the channel. To end "
    "one role only: `unassign me scribe`. To give command to somebody: `handoff @person`.",
    about=INCIDENT,
    may=Capability.OWN,
    synonyms={"step-down": "", "stepdown": ""},
)
@button("leave", about=INCIDENT, may=Capability.OWN)
def leave(request: Request) -> Outcome:
    """End all roles of the person who asks."""
    return ChangeIncident(partial(rules.leave, by=request.actor, now=request.now))
