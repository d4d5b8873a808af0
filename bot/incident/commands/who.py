"""`/incident who`: who does what, since when, and who is there without a role."""

from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.domain.permissions import Capability
from bot.incident.views import who as views


@command(
    "who",
    "who",
    "Who does what, since when, and who is there without a role",
    about=INCIDENT,
    may=Capability.READ,
    wants=Wants.PRESENT,
    synonyms={"people": "", "team": "", "responders": "", "members": ""},
)
@button("who", about=INCIDENT, may=Capability.READ, wants=Wants.PRESENT)
def who(request: Request) -> Outcome:
    """Show it to this person only."""
    return Reply(views.who(request.about, request.policy.roles, request.present, request.actor, request.now))
