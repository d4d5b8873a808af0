"""What an incident was: a real one, a drill, or a near miss. A field says which one was a drill, the title the near miss."""

from enum import StrEnum

from bot.incident.domain.kinds import is_near_miss_title
from bot.incident.domain.records import Record


class Kind(StrEnum):
    """What an incident was."""

    INCIDENT = "incident"
    DRILL = "drill"
    NEAR_MISS = "near miss"


def kind_of(record: Record) -> Kind:
    """What it was. A near miss says it at the beginning of its title: `[near miss] wrong flag, caught in time`."""
    if record.is_drill:
        return Kind.DRILL
    return Kind.NEAR_MISS if is_near_miss_title(record.title) else Kind.INCIDENT
