"""`/incident timeline`: what happened so far."""

from bot.incident.commands.registry import INCIDENT, word
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.views import lists


@word(
    "timeline",
    "timeline",
    "What happened so far, in order",
    about=INCIDENT,
    wants=Wants.TIMELINE,
    synonyms={"history": ""},
)
def timeline(request: Request) -> Outcome:
    """The latest entries; only the person who asks sees them."""
    return Reply(lists.timeline(request.about, request.timeline))
