"""Who is told of a postmortem that is owed; and the canvas in which it is written, or published."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.domain.postmortem_sections import PostmortemSection


@dataclass(frozen=True, slots=True)
class RemindWriter:
    """Tell the person who writes a postmortem, and nobody else, that it is due, if it still is at delivery.

    Attributes:
        slot: since when they are to be told (UTC).
        person: who is told; empty if nobody who could write it is there any more, and the war room is told.
    """

    slot: datetime
    person: str


@dataclass(frozen=True, slots=True)
class TellBoard:
    """Tell the review board's channel that a postmortem is overdue, if it still is at delivery.

    Attributes:
        slot: since when it is to be told (UTC).
    """

    slot: datetime


@dataclass(frozen=True, slots=True)
class OpenDraftCanvas:
    """Make a canvas with the sections of the postmortem, in which everybody in the war room can write.

    Attributes:
        by: who asked for it.
    """

    by: str


@dataclass(frozen=True, slots=True)
class ReadDraftCanvas:
    """Read that canvas, and take over what people wrote in it.

    Attributes:
        by: who asked for it.
        wanted: what is done afterwards: `review`, `publish`, or nothing. With `refresh` nothing is taken over: only what
            has become new beside the canvas is put into it, where nobody has changed it there.
        reviewers: how many must approve it, by the policy at that time.
    """

    by: str
    wanted: str = ""
    reviewers: int = 0


@dataclass(frozen=True, slots=True)
class WriteDraftSection:
    """Put the stored text of a section into that canvas, in place of the one that is known to be there."""

    section: PostmortemSection


@dataclass(frozen=True, slots=True)
class ShowPublished:
    """Make a canvas of the published postmortem, which the people of the war room can read.

    Attributes:
        version: how many times it was published.
    """

    version: int


@dataclass(frozen=True, slots=True)
class CloseDraftCanvas:
    """Let people read the canvas of a draft that is published, but no longer edit it.

    Attributes:
        canvas: its id.
    """

    canvas: str
