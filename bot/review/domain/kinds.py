"""What an incident was: a real one, a drill, or a near miss. A field says which one was a drill, the title the near miss."""

import re
from enum import StrEnum

from bot.incident.domain.records import Record

_NEAR_MISS = re.compile(r"\W*near[\s-]miss\s*(?:[:\])\u2013\u2014-]|$)", re.IGNORECASE)


class Kind(StrEnum):
    """What an incident was."""

    INCIDENT = "incident"
    DRILL = "drill"
    NEAR_MISS = "near miss"


def kind_of(record: Record) -> Kind:
    """What it was. A near miss says it at the beginning of its title: `[near miss] wrong flag, caught in time`."""
    if record.is_drill:
        return Kind.DRILL
    return Kind.NEAR_MISS if _NEAR_MISS.match(record.title) else Kind.INCIDENT
