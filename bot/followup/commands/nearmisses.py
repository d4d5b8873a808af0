"""`/incident nearmisses`: the near misses that were reported, to the person who asks only."""

from bot.followup.commands.near_miss_loaded import LIST, page_of
from bot.followup.views import near_miss_messages as messages
from bot.incident.commands.registry import NOTHING, button, command
from bot.incident.commands.request import Outcome, Reply, Request
from bot.incident.domain.permissions import Capability


@command(
    "nearmisses",
    "nearmisses [open|mine|all] [words]",
    "The near misses that were reported, with their answers; `open` are those that wait for one",
    "Words are looked for in what happened and in what caught it. `mine` are those that you have sent with your name.",
    about=NOTHING,
    may=Capability.READ,
    loads=LIST,
    synonyms={"near-misses": "", "close-calls": ""},
)
def nearmisses(request: Request) -> Outcome:
    """List them."""
    return Reply(messages.listed(page_of(request), request.actor))


@button(messages.BACK, about=NOTHING, may=Capability.READ, loads=LIST)
@button(messages.MORE, about=NOTHING, may=Capability.READ, loads=LIST)
def another_page(request: Request) -> Outcome:
    """Another page of the list."""
    return nearmisses(request)
