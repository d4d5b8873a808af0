"""`/incident note`: put a note on the timeline, with its own time; also by shortcut or reaction."""

from datetime import datetime
from functools import partial

from bot.core import times
from bot.core.decision import Refused
from bot.core.dedup import DedupKey, same_words
from bot.incident.commands.registry import INCIDENT, button, command, form, shortcut
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Request, Show, Wants, moment
from bot.incident.domain import rules
from bot.incident.domain.effects import ReadMessage
from bot.incident.domain.permissions import Capability
from bot.incident.views import modals
from bot.incident.views.replies import answer


@command(
    "note",
    "note [at 14:05] what happened",
    "Add a note to the timeline, with its own time if it was earlier",
    "Times: `at 14:05`, `at 2:05pm`, `at yesterday 23:50`, `at Nov 23 14:05`, `at 2026-11-23 14:05`, `at 10 min ago`; "
    "in your own time zone, or with one (`utc`, `CET`, `+05:30`). A :pushpin: on a message, Slack's own “Pin to "
    "channel”, or the shortcut “Add to timeline” adds it.",
    about=INCIDENT,
    may=Capability.CHANGE,
    wants=Wants.PEOPLE,
    free_text=True,
    synonyms={
        "comment": "",
        "remember": "",
        "log": "",
        "notes": "",
        "record": "",
        "annotate": "",
        "event": "",
    },
)
def note(request: Request) -> Outcome:
    """Add the note at once, or open the form."""
    text = request.text.strip()
    if not text:
        return note_button(request)
    typed = same_words(f"note:{request.about.number}", request.actor, text)
    if not text.lower().startswith("at "):
        return _note(request, text, None, typed)
    timed = times.parse(text[3:], request.now, request.zone)
    if timed is None:
        return _note(request, text, None, typed)  # "at first we saw …" is a sentence, not a time
    if isinstance(timed, times.Unclear):
        return Refused(timed.why)
    return _note(request, timed.rest, timed.at, typed)


@button("note", about=INCIDENT, may=Capability.CHANGE)
def note_button(request: Request) -> Outcome:
    """Open the form for a note."""
    return OpenForm(modals.note(request.about))


@form("note", about=INCIDENT, may=Capability.CHANGE)
def submit(request: Request) -> Outcome:
    """Add the note, from the form."""
    text, at = str(request.fields.get("text", "")), moment(request, "at")
    sure = bool(request.fields.get("sure"))
    return ChangeIncident(
        partial(rules.note, text=text, by=request.actor, now=request.now, at=at, sure=sure),
        ask_again=lambda doubt: modals.note(request.about, text=text, at=at, doubt=doubt.message),
    )


@shortcut("add_to_timeline", about=INCIDENT, may=Capability.CHANGE)
def add_to_timeline(request: Request) -> Outcome:
    """Read a message and note it, once; from the message shortcut, a pin or a reaction."""
    message = request.message
    if message is None:
        return Refused("Use it from a message's menu.")
    effect = ReadMessage(message.channel, message.ts, request.actor, by_reaction=message.by_reaction)
    return Show(
        (effect,),
        done=answer("Added to the timeline. `/incident timeline` shows it."),
        once=effect.act,
        again=answer("That message is already on the timeline."),
    )


def _note(request: Request, text: str, at: datetime | None, *dedup_keys: DedupKey) -> Outcome:
    decide = partial(rules.note, text=text, by=request.actor, now=request.now, at=at, sure=request.sure)
    return ChangeIncident(decide, dedup_keys=dedup_keys)
