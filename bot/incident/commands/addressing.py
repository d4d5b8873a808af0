"""What was typed behind `/incident`: which word, with which text, about which incident."""

import re
from dataclasses import dataclass
from enum import Enum, auto

from bot.incident.commands.registry import Word, understood
from bot.incident.domain.vocabulary import reference

_FIRST = re.compile(r"\s*(\S*)\s*(.*)", re.DOTALL)
_NAMED = re.compile(
    r"\s*<?inc[- ](?P<number>\d{1,9})(?!\w)>?(?P<mark>\s*:)?\s*(?P<rest>.*)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, taken apart.

    Attributes:
        name: the first word as it was typed; empty where there is none.
        word: the word that it is or stands for; None where it is not understood.
        text: what follows; what a synonym says besides stands before it.
        synonym: `name`, where it only stands for a word.
    """

    name: str
    word: Word | None
    text: str
    synonym: str = ""


def read(text: str) -> Typed:
    """Take apart what was typed; text of several lines stays whole."""
    match = _FIRST.match(text)
    name, rest = (match[1], match[2].rstrip()) if match else ("", "")
    found = understood(name)
    if found is None:
        return Typed(name, None, rest)
    word, before = found
    return Typed(name, word, f"{before} {rest}".strip(), "" if name.lower() == word.name else name)


@dataclass(frozen=True, slots=True)
class Named:
    """An incident that the text begins with.

    Attributes:
        rest: the text behind it.
        marked: whether a colon follows it, so that nothing else can be meant: `INC-2: half works again`.
    """

    number: int
    rest: str
    marked: bool


def named(text: str) -> Named | None:
    """The incident that the text begins with; None where it begins with none."""
    match = _NAMED.fullmatch(text)
    return Named(int(match["number"]), match["rest"], bool(match["mark"])) if match else None


class Meant(Enum):
    """Which incident somebody means who names one inside the war room of another."""

    HERE = auto()  # the room's own: what they typed is a sentence that begins with a name
    THERE = auto()  # the one that they named
    UNCLEAR = auto()  # either: they are asked


def meant(word: Word, name: Named) -> Meant:
    """Whom a name means in another incident's room.

    Inside a room the room's incident is meant. Another one takes a colon, or a word that no sentence follows; before
    an incident ends, or opens again, it is asked which.
    """
    if name.marked or not word.free_text:
        return Meant.THERE
    return Meant.UNCLEAR if word.weighty else Meant.HERE


def retyped(word: Word, number: int, text: str) -> str:
    """The command that means this incident wherever it is typed."""
    return f"/incident {word.name} {reference(number)}: {text}".rstrip(" :")
