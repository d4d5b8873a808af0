"""The base of all facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFact:
    """The base of all facts.

    Attributes:
        words: the names of the fields that hold what somebody typed or wrote, which can be a secret.
        actors: the names of the fields that hold the ids of people or machines.
        links: the names of the fields that lead to a message.
        marks: of a field with words, what stays of it when they are removed: the beginning that says what kind of thing it is.
        at: when it happened (UTC). For a note, when the noted thing happened.
        by: the id of the person or the machine that did it or recorded it (`bot.core.actor`).
    """

    words: ClassVar[tuple[str, ...]] = ()
    actors: ClassVar[tuple[str, ...]] = ("by",)
    links: ClassVar[tuple[str, ...]] = ()
    marks: ClassVar[Mapping[str, Callable[[str], str]]] = {}

    at: datetime
    by: str
