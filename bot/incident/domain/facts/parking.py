"""Facts about the parking lot: thoughts that are kept for the postmortem."""

from dataclasses import dataclass
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Parked(BaseFact):
    """A thought is kept for the postmortem, so that restoring the service comes first.

    Attributes:
        number: counted within the incident, from 1.
        author: the person whose thought it is (`by` parked it); empty if an app said it.
        app: the name of the app that said it; empty if a person did.
        link: the link to the message; empty if it was not a message.
    """

    words: ClassVar[tuple[str, ...]] = ("text",)
    actors: ClassVar[tuple[str, ...]] = ("by", "author")
    links: ClassVar[tuple[str, ...]] = ("link",)

    number: int
    text: str
    author: str
    app: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unparked(BaseFact):
    """A parked thought was taken out, so that the postmortem does not ask about it."""

    words: ClassVar[tuple[str, ...]] = ("text",)

    number: int
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reparked(BaseFact):
    """A thought that was taken out was put back."""

    words: ClassVar[tuple[str, ...]] = ("text",)

    number: int
    text: str
