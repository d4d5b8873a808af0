"""`/incident timeline fix 12 …`: correct the text or the time of a note; also with a button and a form."""

from datetime import timedelta
from functools import partial

from bot.core import times
from bot.core.decision import Refused
from bot.incident.commands import entries
from bot.incident.commands.registry import INCIDENT, button, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request, Wants, moment
from bot.incident.commands.strike import remove_words, strike_note
from bot.incident.domain import rules
from bot.incident.domain.corrections import Shown
from bot.incident.domain.permissions import Capability
from bot.incident.views import corrections, modals

FIX = "timeline fix 12 [at 14:05] [new text]"


def fix(request: Request, text: str) -> Outcome:
    """Correct the note that the text begins with, or open the form if nothing else is typed."""
    named = entries.named(request, text, FIX)
    if isinstance(named, Refused):
        return named
    entry, rest = named.entry, named.rest
    if not rest:
        return open_form(request, entry)
    decide = partial(rules.correct, entry=entry, by=request.actor, now=request.now, sure=request.sure)
    timed = (
        times.parse(rest[3:], request.now, request.zone, near=entry.at)
        if rest.lower().startswith("at ")
        else None
    )
    if isinstance(timed, times.Unclear):
        return Refused(timed.why)
    decide = partial(decide, text=timed.rest, at=timed.at) if timed else partial(decide, text=rest)
    return ChangeIncident(decide, done=lambda _: corrections.corrected(entry.number))


@button("correct_entry", about=INCIDENT, may=Capability.CHANGE, wants=Wants.TIMELINE)
def correct_button(request: Request) -> Outcome:
    """Open the form, from the button beside a note."""
    entry = entries.chosen(request)
    return entry if isinstance(entry, Refused) else open_form(request, entry)


@form("correct_entry", about=INCIDENT, may=Capability.CHANGE, wants=Wants.TIMELINE | Wants.TOLD)
def submit(request: Request) -> Outcome:
    """Correct or strike the note, from the form."""
    entry = entries.chosen(request)
    if isinstance(entry, Refused):
        return entry
    what, why = request.fields.get("what", modals.CORRECT), str(request.fields.get("why", ""))
    if what == modals.STRIKE:
        return strike_note(request, entry, why)
    if what == modals.SECRET:
        return remove_words(request, entry, why)
    text, picked = str(request.fields.get("text", "")), moment(request, "at")
    # A picker has no seconds: if it was not touched, the time stays.
    at = picked if picked and abs(picked - entry.at) >= timedelta(minutes=1) else None
    sure = bool(request.fields.get("sure"))
    return ChangeIncident(
        partial(rules.correct, entry=entry, by=request.actor, now=request.now, text=text, at=at, sure=sure),
        ask_again=lambda doubt: modals.correct(
            request.about, entry.number, text=text, at=picked or entry.at, doubt=doubt.message
        ),
        done=lambda _: corrections.corrected(entry.number),
    )


def open_form(request: Request, entry: Shown) -> Outcome:
    """Open the form for a note, if it can be corrected."""
    refused = rules.not_correctable(entry)
    return refused or OpenForm(modals.correct(request.about, entry.number, text=entry.text, at=entry.at))
