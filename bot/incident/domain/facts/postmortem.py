"""Facts about the postmortem: that it is owed, what people write in it, and its way to publication."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.postmortem_sections import PostmortemSection


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemFact(BaseFact):
    """The base of these facts. None of them is part of the incident's course, so no draft lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemOwed(PostmortemFact):
    """The policy asks for a postmortem of the incident, which has just ended.

    Attributes:
        due_at: by when (UTC).
    """

    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemSectionWritten(PostmortemFact):
    """Somebody wrote a section, or wrote it anew. The texts before stay in their own facts.

    Attributes:
        text: all of it; empty if it was taken out.
        version: the number of this text, counted in its section from 1.
        restores: the version that was put back; None if it was written.
        in_canvas: whether it was written in the canvas. `by` is then who took it over: who wrote what there is not known.
    """

    words: ClassVar[tuple[str, ...]] = ("text",)

    section: PostmortemSection
    text: str
    version: int
    restores: int | None = None
    in_canvas: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemSentToReview(PostmortemFact):
    """The draft is ready to be read by others.

    Attributes:
        up_to: the last entry of the timeline that it takes in. Later ones are offered, not taken in by themselves.
        reviewers: how many people must approve it.
    """

    up_to: int
    reviewers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemApproved(PostmortemFact):
    """A reviewer approves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemChangesWanted(PostmortemFact):
    """A reviewer wants changes: it is a draft again.

    Attributes:
        text: what is to be changed.
    """

    words: ClassVar[tuple[str, ...]] = ("text",)

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemEntriesTakenOver(PostmortemFact):
    """The document takes in what has become new on the timeline.

    Attributes:
        up_to: the last entry that it takes in from now on.
        count: how many were new.
    """

    up_to: int
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemPublished(PostmortemFact):
    """It is published.

    Attributes:
        version: how many times it has been published, with this one.
        up_to: the last entry of the timeline that it takes in.
        canvas: the id of the canvas in which it was written until then; empty if there was none.
    """

    version: int
    up_to: int
    canvas: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemNotWanted(PostmortemFact):
    """Nobody will write it."""

    words: ClassVar[tuple[str, ...]] = ("reason",)

    reason: str
