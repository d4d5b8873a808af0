"""Parse what was typed after `/incident`: which word, with which text, about which incident."""

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
    """What was typed, parsed.

    Attributes:
        name: the first word as it was typed; empty if there is none.
        word: the registered word of that name or synonym; None if it is unknown.
        text: the rest, after the text that a synonym adds.
        synonym: `name`, if it is a synonym.
    """

    name: str
    word: Word | None
    text: str
    synonym: str = ""


def read(text: str) -> Typed:
    """Parse what was typed; line breaks in the text are kept."""
    match = _FIRST.match(text)
    name, rest = (match[1], match[2].rstrip()) if match else ("", "")
    found = understood(name)
    if found is None:
        return Typed(name, None, rest)
    word, before = found
    return Typed(name, word, f"{before} {rest}".strip(), "" if name.lower() == word.name else name)


@dataclass(frozen=True, slots=True)
class Named:
    """The incident whose reference the text begins with.

    Attributes:
        rest: the text after it.
        marked: whether a colon follows it, which makes it unambiguous: `INC-2: half works again`.
    """

    number: int
    rest: str
    marked: bool


def named(text: str) -> Named | None:
    """The incident whose reference the text begins with; None if it does not begin with one."""
    match = _NAMED.fullmatch(text)
    return Named(int(match["number"]), match["rest"], bool(match["mark"])) if match else None


class Meant(Enum):
    """Which incident is meant if a person names one inside the war room of another."""

    HERE = auto()  # the war room's own: the text is a sentence that begins with a reference
    THERE = auto()  # the incident that they named
    UNCLEAR = auto()  # either one: the bot asks


def meant(word: Word, name: Named) -> Meant:
    """Which incident is meant by a reference in another incident's war room.

    A sentence is about the war room's own incident, unless a colon follows the reference. A word that takes no sentence
    is about the incident that is named. Before an incident is closed or reopened, the bot asks which one is meant.
    """
    if name.marked or not word.free_text:
        return Meant.THERE
    return Meant.UNCLEAR if word.weighty else Meant.HERE


def retyped(word: Word, number: int, text: str) -> str:
    """The command that is about this incident in every channel."""
    return f"/incident {word.name} {reference(number)}: {text}".rstrip(" :")
