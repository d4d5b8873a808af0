"""The upkeep of the war room."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.domain.effects.telling import TellRoom


@dataclass(frozen=True, slots=True)
class RenameRoom(TellRoom):
    """Give the channel of the war room a name by the title that the `seq`-th fact has set."""


@dataclass(frozen=True, slots=True)
class AskToArchive:
    """Ask the war room whether to keep it, a day before it is archived.

    Attributes:
        slot: since when it is to be asked (UTC).
    """

    slot: datetime


@dataclass(frozen=True, slots=True)
class CloseArchiveQuestion(TellRoom):
    """Edit that question, if there is one, to say that the room stays open."""


@dataclass(frozen=True, slots=True)
class ArchiveRoom:
    """Archive the channel of the war room.

    Attributes:
        by: the person who wants it now; empty if its time has come.
    """

    by: str = ""
