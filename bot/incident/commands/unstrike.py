"""`/incident unstrike`: put a struck note back on the timeline."""

from functools import partial

from bot.core.decision import Refused
from bot.incident.commands import entries
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import ChangeIncident, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.corrections import Shown
from bot.incident.domain.permissions import Capability
from bot.incident.views import corrections


@command(
    "unstrike",
    "unstrike 12",
    "Put a struck note back on the timeline",
    "`/incident timeline struck` shows the numbers.",
    about=INCIDENT,
    may=Capability.CHANGE,
    wants=Wants.TIMELINE,
)
def unstrike(request: Request) -> Outcome:
    """Put the note back at once."""
    named = entries.named(request, request.text, "unstrike 12")
    return named if isinstance(named, Refused) else _restore(request, named.entry)


@button("unstrike", about=INCIDENT, may=Capability.CHANGE, wants=Wants.TIMELINE)
def unstrike_button(request: Request) -> Outcome:
    """Put the note back whose button was pressed."""
    entry = entries.chosen(request)
    return entry if isinstance(entry, Refused) else _restore(request, entry)


def _restore(request: Request, entry: Shown) -> Outcome:
    return ChangeIncident(
        partial(rules.restore, entry=entry, by=request.actor, now=request.now),
        done=lambda _: corrections.restored(entry.number),
    )
