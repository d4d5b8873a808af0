"""`/incident strike`: leave a note out of the timeline, or remove the words of a secret everywhere."""

import re
from functools import partial

from bot.core.decision import Refused
from bot.incident.commands import entries
from bot.incident.commands.registry import INCIDENT, button, command
from bot.incident.commands.request import ChangeIncident, Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.corrections import Shown
from bot.incident.domain.permissions import Capability
from bot.incident.views import corrections

USAGE = "strike 12 [why | secret]"
_SECRET = re.compile(r"secret(?:\s*[:,;]\s*(?P<why>.*)|[.!]*)", re.IGNORECASE | re.DOTALL)


@command(
    "strike",
    USAGE,
    "Leave a note out of the timeline, or remove a secret from it",
    "The note stays on record: `/incident timeline struck` lists it, and `/incident unstrike 12` puts it back. "
    "`strike 12 secret` removes the words of any entry everywhere, for good, and tells you what it could not reach. "
    "`/incident timeline` shows the numbers.",
    about=INCIDENT,
    may=Capability.CHANGE,
    wants=Wants.TIMELINE | Wants.TOLD,
)
def strike(request: Request) -> Outcome:
    """Strike the note, or remove the words, at once."""
    named = entries.named(request, request.text, USAGE)
    if isinstance(named, Refused):
        return named
    entry, why = named.entry, named.rest
    if secret := _SECRET.fullmatch(why):
        return remove_words(request, entry, secret["why"] or "")
    if why.lower().split(maxsplit=1)[:1] == ["secret"]:
        # What is removed cannot be put back, and a secret that stays does harm: both must be meant.
        return Refused(
            f"To remove the words of #{entry.number} everywhere, for good: `/incident strike {entry.number} secret`. "
            "To only leave it out, begin the reason with another word."
        )
    return strike_note(request, entry, why)


@button("strike", about=INCIDENT, may=Capability.CHANGE, wants=Wants.TIMELINE)
def strike_button(request: Request) -> Outcome:
    """Strike the note whose button was pressed."""
    entry = entries.chosen(request)
    return entry if isinstance(entry, Refused) else strike_note(request, entry)


def strike_note(request: Request, entry: Shown, why: str = "") -> Outcome:
    """Leave a note out of the timeline."""
    return ChangeIncident(
        partial(rules.strike, entry=entry, by=request.actor, now=request.now, why=why),
        done=lambda _: corrections.struck(request.about, entry.number),
    )


def remove_words(request: Request, entry: Shown, why: str) -> Outcome:
    """Remove the words of an entry everywhere."""
    return ChangeIncident(
        partial(rules.strike, entry=entry, by=request.actor, now=request.now, why=why, secret=True),
        done=lambda _: corrections.removed(entry, request.about, is_known=entry.number in request.told),
    )
