"""Questions about an act (which incident is meant, is a value right), and the button that continues the act."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.blocks import Message
from bot.core.decision import Refused
from bot.core.text import lines, md
from bot.incident.commands import addressing
from bot.incident.commands.registry import INCIDENT, SHORTCUTS, WORDS, Handler, Word, button
from bot.incident.commands.request import Outcome, Request, Wants
from bot.incident.domain.incident import Incident
from bot.incident.views import choices
from bot.incident.views.help import only_in_room

NOTHING_TO_CARRY_ON = "I no longer know what this was about. Please type it again."


@button(choices.CHOSEN, about=INCIDENT, wants=Wants.PEOPLE | Wants.TIMELINE)
def chosen(request: Request) -> Outcome:
    """Continue the original act, about the incident whose button was pressed."""
    handle = _original_handler(request.metadata)
    return handle(request) if handle else Refused(NOTHING_TO_CARRY_ON)


def of_the_open(word: Word, request: Request) -> Message:
    """The answer to a word that needs an incident in a place that has none."""
    found = [] if word.of_the_closed else likeliest(request)
    if not found:
        return only_in_room(word, request.open_incidents)
    question = lines(
        md("*Which incident is meant?*"),
        md(
            "In a war room, `/incident {0}` is about that incident; elsewhere you can name it: `{1}`",
            word.name,
            addressing.retyped(word, found[0].number, "…"),
        ),
    )
    return choices.which_incident(question, word.name.capitalize(), found, _about(word, request))


def of_two(word: Word, request: Request, other: Incident) -> Message:
    """Ask which incident is meant before one of them is closed or reopened."""
    question = md("*Which one do you mean?* This is the war room of {}.", request.about.reference)
    both = (request.about, other)
    named = addressing.named(request.text)
    about = _about(word, request)
    of_other = _about(word, replace(request, text=named.rest if named else request.text))
    return choices.which_incident(question, word.name.capitalize(), both, about, {other.number: of_other})


def it_was_this_one(word: Word, request: Request, other: Incident) -> Message:
    """Say on which incident an act was recorded, for a person who may have meant another one."""
    named = addressing.named(request.text)
    text = named.rest if named else request.text
    told = md(
        "Recorded on *{}*, whose war room this is. If {} was meant:",
        request.about.reference,
        other.reference,
    )
    return choices.with_typed(Message.of(told), addressing.retyped(word, other.number, text), "Type")


def if_sure(word: Word, request: Request, doubt: Refused) -> Message:
    """Ask whether an unusual value is right."""
    return choices.is_it_right(
        doubt.message, f"It is right: {word.name}", request.about, _about(word, request)
    )


def where_to_note(request: Request) -> Message | None:
    """Ask to which incident's timeline a message belongs that was marked outside of any war room.

    None if no incident is open.
    """
    message = request.message
    found = likeliest(request)
    if message is None or not found:
        return None
    question = md("*To which incident does that message belong?*")
    about = {"mark": [message.channel, message.ts]}
    return choices.which_incident(question, "Add to", found, about)


def likeliest(request: Request) -> Sequence[Incident]:
    """The open incidents that a person may mean: first those in which they take part, then the newest."""
    found = [each.incident for each in request.open_incidents.worst]
    return sorted(found, key=lambda incident: (request.actor not in incident.people, -incident.number))


def _about(word: Word, request: Request) -> dict[str, Any]:
    return {"word": word.name, "text": request.text}


def _original_handler(about: Mapping[str, Any]) -> Handler | None:
    if about.get("mark"):
        return SHORTCUTS["add_to_timeline"].handle
    word = WORDS.get(str(about.get("word", "")))
    return word.action.handle if word else None
