"""Facts about the record of an incident and its war room: they change neither its course nor any promise."""

from dataclasses import dataclass
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class UpkeepFact(BaseFact):
    """The base of these facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed(UpkeepFact):
    """Title or summary were corrected.

    Attributes:
        title: the title from now on.
        old_title: the title before.
        summary: the summary from now on.
        old_summary: the summary before, which is the same if only the title was corrected.
    """

    words: ClassVar[tuple[str, ...]] = ("title", "old_title", "summary", "old_summary")

    title: str
    old_title: str
    summary: str = ""
    old_summary: str = ""
