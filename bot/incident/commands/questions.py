"""Questions about an act (which incident is meant, is a value right), and the button that continues the act."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.core.blocks import Message
from bot.core.decision import Refused
from bot.core.text import clip, lines, md
from bot.incident.commands import parsing
from bot.incident.commands.registry import COMMANDS, INCIDENT, SHORTCUTS, Action, Command, button
from bot.incident.commands.request import Outcome, Request, Wants
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability
from bot.incident.views import choices
from bot.incident.views.help import only_in_room

WITH_FORM = frozenset({"make_task", "make_action_item"})  # shortcuts whose forms have the text of the message
NOTHING_TO_CARRY_ON = "I no longer know what this was about. Please type it again."


def _needed(request: Request) -> Sequence[Capability]:
    """What the original act needs."""
    original = _original(request.metadata)
    return original.needed(request) if original else (Capability.READ,)


@button(
    choices.CHOSEN,
    about=INCIDENT,
    may=Capability.READ,
    needs=_needed,
    wants=Wants.MESSAGE | Wants.PEOPLE | Wants.PRESENT | Wants.TIMELINE | Wants.TOLD | Wants.OTHER,
)
def continue_act(request: Request) -> Outcome:
    """Continue the original act, about the incident whose button was pressed."""
    original = _original(request.metadata)
    return original.handle(request) if original else Refused(NOTHING_TO_CARRY_ON)


def ask_which_open(command: Command, request: Request) -> Message:
    """The answer to a command that needs an incident in a place that has none."""
    found = [] if command.closed_only else likely_incidents(request)
    if not found:
        return only_in_room(command, request.open_incidents)
    question = lines(
        md("*Which incident is meant?*"),
        md(
            "In a war room, `/incident {0}` is about that incident; elsewhere you can name it: `{1}`",
            command.name,
            parsing.command_text(command, found[0].number, "…"),
        ),
    )
    return choices.which_incident(question, command.name.capitalize(), found, _about(command, request))


def ask_which_of_two(command: Command, request: Request, other: Incident) -> Message:
    """Ask which incident is meant before one of them is closed or reopened."""
    question = md("*Which one do you mean?* This is the war room of {}.", request.about.reference)
    both = (request.about, other)
    named = parsing.leading_reference(request.text)
    about = _about(command, request)
    of_other = _about(command, replace(request, text=named.rest if named else request.text))
    return choices.which_incident(question, command.name.capitalize(), both, about, {other.number: of_other})


def say_where_recorded(command: Command, request: Request, other: Incident) -> Message:
    """Say on which incident an act was recorded, for a person who may have meant another one."""
    named = parsing.leading_reference(request.text)
    text = named.rest if named else request.text
    recorded = md(
        "Recorded on *{}*, whose war room this is. If {} was meant:",
        request.about.reference,
        other.reference,
    )
    return choices.with_typed(Message.of(recorded), parsing.command_text(command, other.number, text), "Type")


def ask_if_sure(command: Command, request: Request, doubt: Refused) -> Message:
    """Ask whether an unusual value is right."""
    return choices.confirm_value(
        doubt.message, f"It is right: {command.name}", request.about, _about(command, request)
    )


def ask_where_to_note(request: Request) -> Message | None:
    """Ask to which incident a message belongs that a shortcut was used on outside of any war room.

    None if no incident is open.
    """
    message = request.message
    found = likely_incidents(request)
    if message is None or not found:
        return None
    question = md("*To which incident does that message belong?*")
    verb = "Park in" if request.shortcut == "park_message" else "Add to"
    about = {
        "mark": [message.channel, message.ts, *([True] if message.by_reaction else [])],
        "shortcut": request.shortcut,
    }
    if request.shortcut in WITH_FORM:  # its form needs the text and the link
        about |= {"text": clip(message.text, rules.TASK_MAX), "link": request.metadata.get("link", "")}
    return choices.which_incident(question, verb, found, about)


def likely_incidents(request: Request) -> Sequence[Incident]:
    """The open incidents that a person may mean: first those in which they take part, then the newest."""
    found = [each.incident for each in request.open_incidents.worst]
    return sorted(found, key=lambda incident: (request.actor not in incident.people, -incident.number))


def _about(command: Command, request: Request) -> dict[str, Any]:
    return {"word": command.name, "text": request.text}


def _original(about: Mapping[str, Any]) -> Action | None:
    if about.get("mark"):
        return SHORTCUTS.get(str(about.get("shortcut") or "add_to_timeline"))  # 0.3.0 did not say which
    command = COMMANDS.get(str(about.get("word", "")))
    return command.action if command else None
