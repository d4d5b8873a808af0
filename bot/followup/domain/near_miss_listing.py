"""Which near misses a list shows, as people ask for it: `open`, `mine`, words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.followup.domain.near_miss import NearMiss
from bot.incident.domain.listing import words_in

_ONE = re.compile(r"\s*<?nm[- ]?#?(?P<number>\d{1,9})>?[.:]?\s*", re.IGNORECASE)


class Which(StrEnum):
    """Which near misses: all that count, those that wait for an answer, or the person's own."""

    ALL = "all"
    OPEN = "open"
    MINE = "mine"


_SYNONYMS = {"unanswered": Which.OPEN, "waiting": Which.OPEN, "me": Which.MINE, "my": Which.MINE}


@dataclass(frozen=True, slots=True)
class Listing:
    """What somebody wants to see.

    Attributes:
        words: only those that have all of these words, or words that begin with them.
        page: counted from 0.
    """

    which: Which = Which.ALL
    words: tuple[str, ...] = ()
    page: int = 0

    @property
    def asked(self) -> str:
        """What to type after `nearmisses` for it."""
        return " ".join([self.which, *self.words])


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list.

    Attributes:
        total: how many there are in all.
        wanted: what was asked for.
    """

    items: Sequence[NearMiss]
    total: int
    wanted: Listing = Listing()


def parse_listing(text: str, page: int = 0) -> Listing:
    """What was typed after `nearmisses`: `open`, `mine` or `all`, and words, in any order."""
    which, words = Which.ALL, []
    for typed in text.split():
        if typed.lower() in (*Which, *_SYNONYMS):
            which = _SYNONYMS.get(typed.lower()) or Which(typed.lower())
        else:
            words += words_in(typed)
    return Listing(which, tuple(words), page)


def named(text: str) -> int | None:
    """The number of the near miss that a text names and nothing else: `NM-7`; None if it says something."""
    found = _ONE.fullmatch(text)
    return int(found["number"]) if found else None
