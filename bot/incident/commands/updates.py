"""`/incident updates`: the status updates so far."""

from bot.core.decision import Refused
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import Outcome, Reply, Request, Wants
from bot.incident.domain.permissions import Capability
from bot.incident.views.past_updates import past_updates


@command(
    "updates",
    "updates",
    "The status updates so far, the latest first",
    about=INCIDENT,
    may=Capability.READ,
    wants=Wants.UPDATES,
)
@button("past_updates", about=INCIDENT, may=Capability.READ, wants=Wants.UPDATES)
def updates(request: Request) -> Outcome:
    """Show a page of them, to this person only."""
    if request.text.strip():
        return Refused("This shows the updates so far. To post one: `/incident update <what is happening>`.")
    return Reply(past_updates(request.about, request.timeline))
