"""`/incident list`: the open incidents, mine, or all of them."""

from bot.incident.commands.registry import NOTHING, button, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.domain.listing import parse_listing
from bot.incident.domain.permissions import Capability
from bot.incident.views import lists


@command(
    "list",
    "list [open|mine|all|drills] [sev1…sev4] [words]",
    "The open incidents and their war rooms; `mine` are those in which you have a role or a task, `all` has closed ones too, `drills` are those in which people practised",
    "Words are looked for in titles, summaries and the names of affected services: `/incident list all checkout` finds each "
    "incident about it.",
    about=NOTHING,
    may=Capability.READ,
    wants=Wants.LISTED,
    synonyms={"ls": "", "active": "", "current": "", "incidents": "", "search": "all", "find": "all"},
)
def list_incidents(request: Request) -> Outcome:
    """List the incidents that were asked for and that this person may see."""
    wanted = parse_listing(request.text, page_of(request))
    return Reply(lists.incidents(request.open_incidents, wanted, request.policy.services))


@button("list_back", about=NOTHING, may=Capability.READ, wants=Wants.LISTED)
@button("list", about=NOTHING, may=Capability.READ, wants=Wants.LISTED)
def list_button(request: Request) -> Outcome:
    """List them, from the menu's button, or another page of a list."""
    return list_incidents(request)


def page_of(request: Request) -> int:
    """The page that a button of a list asks for, counted from 0; buttons could be forged."""
    page = request.metadata.get("page", 0)
    return min(page, lists.PAGES_MAX) if isinstance(page, int) and page > 0 else 0
