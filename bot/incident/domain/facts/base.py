"""The base of all facts."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFact:
    """The base of all facts.

    Attributes:
        at: when it happened (UTC). For a note, when the noted thing happened.
        by: the id of the person or the machine that did it or recorded it (`bot.core.actor`).
    """

    at: datetime
    by: str
