"""Facts about entries of the timeline: what was corrected, struck, or put back. The entries themselves stay."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCorrected(BaseFact):
    """A note has another text or another time from now on.

    Attributes:
        entry: the number of the note in the timeline.
        text: the new text; empty if it stays.
        when: the new time (UTC); None if it stays.
        by_edit: whether it follows the message in Slack, which was edited there.
    """

    words: ClassVar[tuple[str, ...]] = ("text",)

    entry: int
    text: str = ""
    when: datetime | None = None
    by_edit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryStruck(BaseFact):
    """An entry does not count any more.

    Attributes:
        entry: the number of the entry in the timeline.
        why: empty if nobody said it.
        secret: whether its words were removed for good. An entry that is no note stays, without its words.
    """

    words: ClassVar[tuple[str, ...]] = ("why",)

    entry: int
    why: str = ""
    secret: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRestored(BaseFact):
    """A note that was struck counts again.

    Attributes:
        entry: the number of the note in the timeline.
    """

    entry: int
