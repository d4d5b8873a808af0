"""`/incident strike`: leave a note out of the timeline."""

from functools import partial

from bot.core.decision import Refused
from bot.incident.commands import entries
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import ChangeIncident, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.corrections import Shown
from bot.incident.views import corrections


@command(
    "strike",
    "strike 12 [why]",
    "Leave a note out of the timeline",
    "`/incident timeline` shows the numbers. The note stays on record: `/incident timeline struck` lists it, and "
    "`/incident unstrike 12` puts it back.",
    about=INCIDENT,
    wants=Wants.TIMELINE,
)
def strike(request: Request) -> Outcome:
    """Strike the note at once."""
    named = entries.named(request, request.text, "strike 12 [why]")
    return named if isinstance(named, Refused) else _strike(request, named.entry, named.rest)


@button("strike", about=INCIDENT, wants=Wants.TIMELINE)
def strike_button(request: Request) -> Outcome:
    """Strike the note whose button was pressed."""
    entry = entries.chosen(request)
    return entry if isinstance(entry, Refused) else _strike(request, entry)


def _strike(request: Request, entry: Shown, why: str = "") -> Outcome:
    return ChangeIncident(
        partial(rules.strike, entry=entry, by=request.actor, now=request.now, why=why),
        done=corrections.struck(request.about, entry.number),
    )
