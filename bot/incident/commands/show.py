"""`/incident show`: the card of an incident, wherever one is."""

from bot.incident.commands.registry import INCIDENT, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.domain.permissions import Capability
from bot.incident.views.card import shown


@command(
    "show",
    "show [INC-1]",
    "The card of an incident with its buttons, shown to you alone",
    about=INCIDENT,
    may=Capability.READ,
    wants=Wants.ROOM,
    synonyms={"card": "", "info": "", "view": ""},
)
def show(request: Request) -> Outcome:
    """Show the card to the person who asks."""
    return Reply(shown(request.about, request.policy, request.room))
