"""`/incident decisions`: what was decided, and what became of it."""

from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import Outcome, Reply, Request
from bot.incident.domain.permissions import Capability
from bot.incident.views import decisions as views


@command(
    "decisions", "decisions", "What was decided, and what became of it", about=INCIDENT, may=Capability.READ
)
def decisions(request: Request) -> Outcome:
    """List them to this person only."""
    return Reply(views.decisions(request.about))
