"""`/incident catchup`: how it stands and what is needed, in a few lines."""

from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.domain.permissions import Capability
from bot.incident.views import newcomer


@command(
    "catchup",
    "catchup",
    "How it stands and what is needed, in a few lines",
    "Only you see the answer. Whoever joins the war room gets it once as a direct message.",
    about=INCIDENT,
    may=Capability.READ,
    wants=Wants.ROOM,
    synonyms={"catch-up": "", "brief": "", "briefing": "", "recap": "", "tldr": ""},
)
def catchup(request: Request) -> Outcome:
    """Tell this person only."""
    outside = not request.in_its_room
    catchup = newcomer.catchup(
        request.about, request.policy, request.now, channel=request.room, outside=outside
    )
    return Reply(catchup)
