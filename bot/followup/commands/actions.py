"""`/incident actions`: the action items, to the person who asks only."""

from bot.core.decision import Refused
from bot.followup.commands.loaded import LIST, page_of
from bot.followup.views import lists
from bot.incident.commands.registry import NOTHING, button, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.domain.permissions import Capability


@command(
    "actions",
    "actions [mine|overdue|done|all] [INC-12]",
    "The action items that you may see, with buttons; the longest overdue come first",
    "In a war room it lists those of its incident; `/incident actions all` lists all that are open.",
    about=NOTHING,
    may=Capability.READ,
    wants=Wants.PEOPLE,
    loads=LIST,
    synonyms={"action-items": "", "followups": "", "follow-ups": ""},
)
def actions(request: Request) -> Outcome:
    """List them, or say which words are understood."""
    if isinstance(request.loaded, Refused):
        return request.loaded
    return Reply(lists.action_items(page_of(request)))


@button(lists.BACK, about=NOTHING, may=Capability.READ, wants=Wants.PEOPLE, loads=LIST)
@button(lists.MORE, about=NOTHING, may=Capability.READ, wants=Wants.PEOPLE, loads=LIST)
def another_page(request: Request) -> Outcome:
    """Another page of the list."""
    return actions(request)
