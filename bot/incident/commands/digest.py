"""`/incident digest`: all open incidents in one message, for oneself."""

from bot.incident.commands.registry import NOTHING, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.domain.permissions import Capability
from bot.incident.views import digest as views


@command(
    "digest",
    "digest",
    "All open incidents: severity, status, commander, last update, and what is overdue",
    about=NOTHING,
    may=Capability.READ,
    wants=Wants.OPEN,
)
def digest(request: Request) -> Outcome:
    """Show those that this person may see, to this person only."""
    return Reply(views.digest(request.open_incidents, request.policy, request.now))
