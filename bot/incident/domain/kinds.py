"""What an incident is: a real one, or a drill, in which people practise. A field says it, and so does the title of a drill.

The title begins with `Drill:`, so that everybody who reads it, in whatever list or message, knows it too.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

DRILL_PREFIX = "Drill: "
NEAR_MISS_PREFIX = "Near miss: "
_NEAR_MISS = re.compile(r"\W*near[\s-]miss\s*(?:[:\])\u2013\u2014-]|$)", re.IGNORECASE)
_MARKED = re.compile(r"\W*drill\s*(?:[:\])\u2013\u2014-]\s*|$)", re.IGNORECASE)


class Kind(StrEnum):
    """What an incident is."""

    INCIDENT = "incident"
    DRILL = "drill"

    @property
    def phrase(self) -> str:
        """With its article: `a drill`."""
        return "a drill" if self is Kind.DRILL else "a real incident"


@dataclass(frozen=True, slots=True)
class DrillPolicy:
    """The section `drills` of the policy.

    Attributes:
        call: whether a drill brings the people into its war room whom its severity calls.
        postmortem: whether a postmortem is owed after a drill, as after an incident of its severity.
    """

    call: bool = False
    postmortem: bool = False


def kind_of_title(title: str) -> Kind:
    """What a title says that it is: `Drill: a region fails`, `[drill] a region fails`."""
    return Kind.DRILL if _MARKED.match(title) else Kind.INCIDENT


def is_near_miss_title(title: str) -> bool:
    """Whether a title says that it was a near miss: `[near miss] wrong flag, caught in time`."""
    return _NEAR_MISS.match(title) is not None


def mark_of_title(title: str) -> str:
    """The beginning by which a title says that it is no real incident, as we write it; empty if it says nothing.

    It stays when the words of a title are removed: figures go by it.
    """
    if kind_of_title(title) is Kind.DRILL:
        return DRILL_PREFIX
    return NEAR_MISS_PREFIX if is_near_miss_title(title) else ""


def titled(title: str, kind: Kind) -> str:
    """The title with what it must say of this kind, and without what it must not say."""
    if kind is kind_of_title(title):
        return title
    return f"{DRILL_PREFIX}{title}" if kind is Kind.DRILL else _MARKED.sub("", title, count=1) or title
