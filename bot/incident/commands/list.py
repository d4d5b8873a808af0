"""`/incident list`: the open incidents."""

from bot.incident.commands.registry import NOTHING, button, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.views import lists


@command(
    "list",
    "list",
    "The open incidents and their war rooms",
    about=NOTHING,
    wants=Wants.OPEN,
    synonyms={"ls": "", "incidents": ""},
)
def list_open(request: Request) -> Outcome:
    """List the open incidents that this person may see."""
    return Reply(lists.open_incidents(request.open_incidents))


@button("list", about=NOTHING, wants=Wants.OPEN)
def list_button(request: Request) -> Outcome:
    """List them, from the menu's button."""
    return list_open(request)
