"""`/incident list`: what is open."""

from bot.incident.commands.registry import NOTHING, button, word
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.views import lists


@word(
    "list",
    "list",
    "The open incidents and their war rooms",
    about=NOTHING,
    wants=Wants.OPEN,
    synonyms={"ls": "", "incidents": ""},
)
def list_open(request: Request) -> Outcome:
    """The open incidents that this person may see."""
    return Reply(lists.open_incidents(request.open_incidents))


@button("list", about=NOTHING, wants=Wants.OPEN)
def list_button(request: Request) -> Outcome:
    """The same, from the menu."""
    return list_open(request)
