"""What an incident is: a real one, or a drill, in which people practise. A field says it, and so does the title of a drill.

The title begins with `Drill:`, so that everybody who reads it, in whatever list or message, knows it too.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

DRILL_PREFIX = "Drill: "
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


def titled(title: str, kind: Kind) -> str:
    """The title with what it must say of this kind, and without what it must not say."""
    if kind is kind_of_title(title):
        return title
    return f"{DRILL_PREFIX}{title}" if kind is Kind.DRILL else _MARKED.sub("", title, count=1) or title
