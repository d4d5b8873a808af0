"""What Slack must show of near misses. Effects are stored under the names of their classes for ever.

None has the id of a person: who reported it is read from the near miss at delivery, and may be nobody.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class AnnounceNearMiss:
    """Post the near miss in the board's channel, or edit the post to show the present state."""


@dataclass(frozen=True, slots=True)
class TellReporter:
    """Tell the reporter privately what is done about it, if they gave their name.

    Attributes:
        of_incident: whether it became an incident; otherwise it was answered.
    """

    of_incident: bool = False


@dataclass(frozen=True, slots=True)
class RemindOfNearMiss:
    """Say once in the board's channel that it was to be answered by now, if it still waits.

    Attributes:
        due_at: by when it was to be answered (UTC).
    """

    due_at: datetime


Effect = AnnounceNearMiss | TellReporter | RemindOfNearMiss
