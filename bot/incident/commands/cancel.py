"""`/incident cancel`: it was a false alarm."""

import re
from functools import partial

from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability
from bot.incident.views import modals

_REST_OF_TWO_WORDS = re.compile(r"(?:alarm|positive)\b[\s:,.-]*", re.IGNORECASE)


@command(
    "cancel",
    "cancel [why]",
    "Close a false alarm; without text a form opens",
    "A false alarm is kept apart from incidents that were resolved, and nobody owes a review of it. "
    "`/incident reopen why` undoes it.",
    about=INCIDENT,
    may=Capability.CLOSE,
    free_text=True,
    asks_if_ambiguous=True,
    synonyms={
        "cancelled": "",
        "canceled": "",
        "abort": "",
        "false": "",
        "falsealarm": "",
        "false-alarm": "",
        "nevermind": "",
        "dismiss": "",
        "discard": "",
        "false-positive": "",
    },
)
def cancel(request: Request) -> Outcome:
    """Cancel the incident at once, or open the form. A synonym always opens the form, filled with the text."""
    text = request.text.strip()
    if request.synonym.lower() == "false":
        text = _REST_OF_TWO_WORDS.sub("", text, count=1)
    if not text or request.synonym:
        return _ask(request, text)
    return _cancel(request, text)


@button("cancel", about=INCIDENT, may=Capability.CLOSE)
def cancel_button(request: Request) -> Outcome:
    """Open the form that asks why it was a false alarm."""
    return _ask(request)


@form("cancel", about=INCIDENT, may=Capability.CLOSE)
def submit(request: Request) -> Outcome:
    """Cancel the incident, from the form."""
    return _cancel(request, str(request.fields.get("reason", "")))


def _ask(request: Request, reason: str = "") -> Outcome:
    return rules.closed(request.about) or OpenForm(modals.cancel(request.about, reason))


def _cancel(request: Request, reason: str) -> Outcome:
    return ChangeIncident(partial(rules.cancel, reason=reason, by=request.actor, now=request.now))
