"""Parse what was typed after `/incident`: which command, with which text, about which incident."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.incident.commands.registry import Command, find_command
from bot.incident.commands.request import Request
from bot.incident.domain.vocabulary import reference

_FIRST = re.compile(r"\s*(\S*)\s*(.*)", re.DOTALL)
_NAMED = re.compile(
    r"\s*<?inc[- ](?P<number>\d{1,9})(?!\w)>?(?P<mark>\s*:)?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)
_MARKS = ":,;"  # after a command: `resolve: rolled back`, as after a reference
NUMBER_DIGITS = 9  # the most digits of an incident's number that fit in the database
# Also in the middle of a text, and in the name of a war room: `of INC-7`, `<#C1|inc-7-checkout-is-failing>`.
_NAMED_OTHER = re.compile(rf"(?<![\w-])inc[- ]?(?P<number>\d{{1,{NUMBER_DIGITS}}})(?!\w)", re.IGNORECASE)
_NUMBER_ALONE = re.compile(rf"\s*(?:(?:of|into)\s+)?(?P<number>[0-9]{{1,{NUMBER_DIGITS}}})\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParsedCommand:
    """What was typed, parsed.

    Attributes:
        name: the first word as it was typed; empty if there is none.
        command: the registered command of that name or synonym; None if it is unknown.
        text: the rest, after the text that a synonym adds.
        synonym: `name` without the mark after it, if it is a synonym.
    """

    name: str
    command: Command | None
    text: str
    synonym: str = ""


def parse(text: str) -> ParsedCommand:
    """Parse what was typed; line breaks in the text are kept."""
    match = _FIRST.match(text)
    name, rest = (match[1], match[2].rstrip()) if match else ("", "")
    word = name.rstrip(_MARKS)
    found = find_command(word)
    if found is None:
        return ParsedCommand(name, None, rest)
    command, before = found
    return ParsedCommand(
        name, command, f"{before} {rest}".strip(), "" if word.lower() == command.name else word
    )


@dataclass(frozen=True, slots=True)
class LeadingReference:
    """The incident whose reference the text begins with.

    Attributes:
        rest: the text after it.
        marked: whether a colon follows it, which makes it unambiguous: `INC-2: half works again`.
    """

    number: int
    rest: str
    marked: bool


def leading_reference(text: str) -> LeadingReference | None:
    """The incident whose reference the text begins with; None if it does not begin with one."""
    match = _NAMED.fullmatch(text)
    return LeadingReference(int(match["number"]), match["rest"], bool(match["mark"])) if match else None


def named_other(request: Request) -> int | None:
    """The number of the incident that is chosen in a form's `other`, or named in its `reference` or in the text."""
    if chosen := str(request.fields.get("other", "")):
        return int(chosen) if chosen.isdecimal() and len(chosen) <= NUMBER_DIGITS else None
    named = str(request.fields.get("reference", request.text))
    match = _NAMED_OTHER.search(named) or _NUMBER_ALONE.fullmatch(named)
    return int(match["number"]) if match else None


class IntendedIncident(Enum):
    """Which incident is meant if a person names one inside the war room of another."""

    HERE = auto()  # the war room's own: the text is a sentence that begins with a reference
    THERE = auto()  # the incident that they named
    UNCLEAR = auto()  # either one: the bot asks


def intended_incident(command: Command, name: LeadingReference) -> IntendedIncident:
    """Which incident is meant by a reference in another incident's war room.

    A sentence is about the war room's own incident, unless a colon follows the reference. A command that takes no
    sentence is about the incident that is named. Before an incident is closed or reopened, the bot asks which one is
    meant.
    """
    if name.marked or not command.free_text:
        return IntendedIncident.THERE
    return IntendedIncident.UNCLEAR if command.asks_if_ambiguous else IntendedIncident.HERE


def command_text(command: Command, number: int, text: str) -> str:
    """The command that is about this incident in every channel."""
    return f"/incident {command.name} {reference(number)}: {text}".rstrip(" :")
