"""What an incident was: a real one, a drill, or a near miss. People say it at the beginning of the title.

So everybody who reads the title, in the war room and in lists, knows it too, and `rename` makes it so afterwards.
"""

import re
from enum import StrEnum

from bot.incident.domain.records import Record

_MARKED = re.compile(r"\W*(?:(drill)|near[\s-]miss)\s*(?:[:\])\u2013\u2014-]|$)", re.IGNORECASE)


class Kind(StrEnum):
    """What an incident was."""

    INCIDENT = "incident"
    DRILL = "drill"
    NEAR_MISS = "near miss"


def kind_of(record: Record) -> Kind:
    """What it was, by its title: `Drill: a region fails`, `[near miss] wrong flag, caught in time`."""
    marked = _MARKED.match(record.title)
    if marked is None:
        return Kind.INCIDENT
    return Kind.DRILL if marked[1] else Kind.NEAR_MISS
