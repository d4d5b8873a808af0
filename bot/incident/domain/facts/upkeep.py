"""Facts about the record of an incident and its war room: they change neither its course nor any promise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from bot.core.rewriting import Why
from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.keep_reason import KeepReason
from bot.incident.domain.kinds import Kind, mark_of_title


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
    marks: ClassVar[Mapping[str, Callable[[str], str]]] = {"title": mark_of_title, "old_title": mark_of_title}

    title: str
    old_title: str
    summary: str = ""
    old_summary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindChanged(UpkeepFact):
    """It is, or was, a drill and no real incident, or the other way round. Its title says so too."""

    new: Kind
    old: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemOwnerChosen(UpkeepFact):
    """`person` writes the postmortem from now on.

    Attributes:
        previous: the person who was chosen before; None if nobody was.
    """

    actors: ClassVar[tuple[str, ...]] = ("by", "person", "previous")

    person: str
    previous: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomKept(UpkeepFact):
    """The war room of a closed incident stays open: somebody wants it, has unarchived it, or people wrote there.

    Attributes:
        why: which of these, as a `KeepReason`.
    """

    why: KeepReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomArchived(UpkeepFact):
    """The war room was archived."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomAskedFor(UpkeepFact):
    """An incident that had no war room, because it was over when it was declared, needs one: it is open again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesRewritten(UpkeepFact):
    """Recorded entries were rewritten: a person was forgotten, or the time for which words are kept is over.

    Attributes:
        why: which of these, as a `Why`.
        entries: the numbers of the entries, such as `1-4, 7`.
        count: how many they are.
    """

    why: Why
    entries: str
    count: int
