"""Facts about entries of the timeline: what was corrected, struck, or put back. The entries themselves stay."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFact(BaseFact):
    """The base of these facts.

    Attributes:
        entry: the number of the entry in the timeline.
    """

    entry: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrected(EntryFact):
    """A note has another text or another time from now on.

    Attributes:
        text: the new text; empty if it stays.
        when: the new time (UTC); None if it stays.
        by_edit: whether it follows the message in Slack, which was edited there.
    """

    words: ClassVar[tuple[str, ...]] = ("text",)

    text: str = ""
    when: datetime | None = None
    by_edit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStruck(EntryFact):
    """An entry does not count any more.

    Attributes:
        why: empty if nobody said it.
        secret: whether its words were removed for good. An entry that is no note stays, without its words.
    """

    words: ClassVar[tuple[str, ...]] = ("why",)

    why: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRestored(EntryFact):
    """A note that was struck counts again."""
