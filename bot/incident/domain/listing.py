"""Which incidents a list shows, as people ask for it: `mine sev1 checkout`."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Milestone, Severity

RECENT = timedelta(days=7)

_WORD = re.compile(r"\w+")
_SHORTEST = 3
# Words of many titles: alone they do not make two incidents alike.
_COMMON = frozenset(
    [
        "and",
        "are",
        "but",
        "for",
        "from",
        "has",
        "have",
        "not",
        "our",
        "some",
        "the",
        "their",
        "this",
        "too",
        "was",
        "with",
        "all",
        "any",
        "can",
        "cannot",
        "customers",
        "down",
        "error",
        "errors",
        "fail",
        "failed",
        "failing",
        "fails",
        "high",
        "incident",
        "issue",
        "issues",
        "problem",
        "problems",
        "production",
        "slow",
        "users",
    ]
)


class Which(StrEnum):
    """Which incidents: the open ones, those of the open ones in which the person has a role, closed ones too, or drills."""

    OPEN = "open"
    MINE = "mine"
    ALL = "all"
    DRILLS = "drills"


@dataclass(frozen=True, slots=True)
class Listing:
    """What somebody wants to see.

    Attributes:
        severity: only this severity; None for every one.
        words: only incidents whose title, summary or affected services have all of these words, or words that begin with
            them.
        page: counted from 0.
    """

    which: Which = Which.OPEN
    severity: Severity | None = None
    words: tuple[str, ...] = ()
    page: int = 0

    @property
    def has_closed(self) -> bool:
        """Whether it lists closed ones too, the latest first."""
        return self.which in (Which.ALL, Which.DRILLS)

    @property
    def asked(self) -> str:
        """What to type after `list` for it."""
        severity = [self.severity.label.lower()] if self.severity else []
        return " ".join([self.which, *severity, *self.words])


def parse_listing(text: str, page: int = 0) -> Listing:
    """What was typed after `list`: `open`, `mine`, `all` or `drills`, a severity and words, in any order."""
    which, severity, words = Which.OPEN, None, []
    for typed in text.split():
        if typed.lower() in set(Which):
            which = Which(typed.lower())
        elif typed.lower().startswith("s") and (found := Severity.parse(typed)):
            severity = found
        else:
            words += words_in(typed)
    return Listing(which, severity, tuple(words), page)


def is_recent(incident: Incident, now: datetime) -> bool:
    """Whether it is open, or was resolved so recently that the same problem may be back."""
    resolved = incident.milestones.get(Milestone.RESOLVED, incident.opened_at)
    return not incident.is_closed or now - resolved < RECENT


def words_in(text: str) -> list[str]:
    """The words of a text in lower case, each once."""
    return list(dict.fromkeys(_WORD.findall(text.lower())))


def telling_words(title: str) -> tuple[str, ...]:
    """The words of a title by which similar incidents are found."""
    return tuple(word for word in words_in(title) if len(word) >= _SHORTEST and word not in _COMMON)
