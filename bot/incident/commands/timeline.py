"""`/incident timeline`: what has happened so far."""

from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.views import lists


@command(
    "timeline",
    "timeline",
    "What has happened so far, in order",
    about=INCIDENT,
    wants=Wants.TIMELINE,
    synonyms={"history": ""},
)
def timeline(request: Request) -> Outcome:
    """Show the latest entries, to this person only."""
    return Reply(lists.timeline(request.about, request.timeline))
