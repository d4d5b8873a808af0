"""Where the postmortem of an incident stands, and how each fact moves it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from bot.incident.domain import facts
from bot.incident.domain.kinds import Kind
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.vocabulary import Status


class Stage(StrEnum):
    """How far it is."""

    DRAFT = "draft"
    REVIEW = "in review"
    PUBLISHED = "published"
    NOT_WANTED = "not wanted"


_STEPS = (
    facts.PostmortemSentToReview,
    facts.PostmortemApproved,
    facts.PostmortemChangesWanted,
    facts.PostmortemPublished,
    facts.PostmortemNotWanted,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenSection:
    """The present text of a section.

    Attributes:
        text: all of it; empty if it was taken out.
        version: counted in the section from 1.
        by: who wrote this version.
        at: when (UTC).
    """

    text: str
    version: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CanvasText:
    """What the canvas has in place of a section's stored text, while nobody has said which of them counts.

    Attributes:
        text: empty if it has nothing.
        based_on: the version that was in the canvas before it was edited there; -1 if that is not known.
    """

    text: str
    based_on: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Postmortem:
    """Where it stands.

    Attributes:
        due_at: by when it is owed (UTC); None if it is not.
        sections: what people wrote, by section.
        reviewers: how many must approve it, as it counted when it was sent to review.
        approved_by: those who approve it.
        wanted: the changes that a reviewer asked for last, until it is sent to review again; empty if none did.
        wanted_by: who asked for them.
        up_to: the last entry of the timeline that the document takes in; None while it takes in everything.
        unseen: how many entries have become new since.
        published: how many times it was published.
        is_changed: whether it was changed after it was published.
        reason: why nobody writes it; empty if somebody does.
        step: the number of the last fact about its way, whose message in the war room has the buttons for the next step.
        step_before: that of the one before, whose message has none any more.
        canvas: the id of the canvas in which people write; empty if there is none.
        canvas_link: its address; empty if it is not known.
        differing: the sections of the canvas of which somebody must say which text counts.
        asked: the number of the fact whose message in the war room asks that.
    """

    stage: Stage = Stage.DRAFT
    due_at: datetime | None = None
    sections: Mapping[PostmortemSection, WrittenSection] = field(default_factory=dict)
    reviewers: int = 0
    approved_by: tuple[str, ...] = ()
    wanted: str = ""
    wanted_by: str = ""
    up_to: int | None = None
    unseen: int = 0
    published: int = 0
    is_changed: bool = False
    reason: str = ""
    step: int | None = None
    step_before: int | None = None
    canvas: str = ""
    canvas_link: str = ""
    differing: Mapping[PostmortemSection, CanvasText] = field(default_factory=dict)
    asked: int | None = None

    def text(self, section: PostmortemSection) -> str:
        """What people wrote in a section; empty if nothing."""
        written = self.sections.get(section)
        return written.text if written else ""

    def version(self, section: PostmortemSection) -> int:
        """The number of the section's present text; 0 if nobody wrote it yet."""
        written = self.sections.get(section)
        return written.version if written else 0

    @property
    def missing_approvals(self) -> int:
        """How many more people must approve it."""
        return max(self.reviewers - len(self.approved_by), 0)

    @property
    def is_open(self) -> bool:
        """Whether there is something to do: it is neither published nor given up."""
        return self.stage in (Stage.DRAFT, Stage.REVIEW)

    @property
    def is_owed(self) -> bool:
        """Whether it is owed by a day, and not done."""
        return self.due_at is not None and self.is_open

    @property
    def is_written(self) -> bool:
        """Whether people wrote anything."""
        return any(each.text for each in self.sections.values())


def postmortem_after(before: Postmortem, fact: facts.Fact, seq: int) -> Postmortem:
    """Where it stands after any fact of its incident; `seq` is the number of the fact."""
    if isinstance(fact, _STEPS):
        return replace(_moved(before, fact), step=seq, step_before=before.step)
    if isinstance(fact, facts.PostmortemCanvasRead):
        return replace(before, asked=seq)
    if isinstance(fact, facts.PostmortemFact):
        return _moved(before, fact)
    if isinstance(fact, facts.PostmortemOwnerChosen) and before.stage is Stage.NOT_WANTED:
        return replace(before, stage=Stage.DRAFT, reason="")
    if isinstance(fact, facts.KindChanged) and fact.new is Kind.DRILL:
        return replace(before, due_at=None)
    if isinstance(fact, facts.StatusChanged) and fact.old.is_closed and not fact.new.is_closed:
        # It is not over: what was owed, sent or approved was about another end. What people wrote stays.
        going_on = replace(Postmortem(), canvas=before.canvas, canvas_link=before.canvas_link)
        going_on = replace(going_on, differing=before.differing, asked=before.asked)
        return replace(going_on, sections=before.sections, published=before.published, step=before.step)
    if before.up_to is None or not takes_in(fact):
        return before
    return replace(before, unseen=before.unseen + 1)


def takes_in(fact: facts.Fact) -> bool:
    """Whether a document lists this fact, or says something else after it: all but what is done about the document."""
    is_review = isinstance(fact, facts.StatusChanged) and fact.new is Status.REVIEWED
    return not isinstance(fact, facts.PostmortemFact | facts.UpkeepFact) and not is_review


def _moved(before: Postmortem, fact: facts.AboutPostmortem) -> Postmortem:
    match fact:
        case facts.PostmortemOwed():
            return replace(before, due_at=fact.due_at, stage=Stage.DRAFT, reason="")
        case facts.PostmortemSectionWritten():
            return _written(before, fact)
        case facts.PostmortemSentToReview():
            sent = replace(before, stage=Stage.REVIEW, approved_by=(), wanted="", wanted_by="", reason="")
            return replace(sent, up_to=fact.up_to, unseen=0, reviewers=fact.reviewers)
        case facts.PostmortemApproved():
            return replace(before, approved_by=(*before.approved_by, fact.by))
        case facts.PostmortemChangesWanted():
            back = replace(before, stage=Stage.DRAFT, wanted=fact.text, wanted_by=fact.by, approved_by=())
            return replace(back, up_to=None, unseen=0)
        case facts.PostmortemEntriesTakenOver():
            return replace(before, up_to=fact.up_to, unseen=0, is_changed=before.published > 0)
        case facts.PostmortemPublished():
            out = replace(before, stage=Stage.PUBLISHED, published=fact.version, is_changed=False)
            return replace(_without_canvas(out), up_to=fact.up_to, reason="", wanted="", wanted_by="")
        case facts.PostmortemNotWanted():
            return replace(before, stage=Stage.NOT_WANTED, reason=fact.reason)
        case facts.PostmortemCanvasOpened():
            return replace(_without_canvas(before), canvas=fact.canvas, canvas_link=fact.link)
        case facts.PostmortemCanvasLeft():
            return _without_canvas(before)
        case facts.PostmortemCanvasDiffers():
            text = CanvasText(text=fact.text, based_on=fact.based_on)
            return replace(before, differing={**before.differing, fact.section: text})
        case facts.PostmortemCanvasAnswered():
            return _answered(before, fact.section)
        case facts.PostmortemCanvasRefused() | facts.PostmortemCanvasRead():
            return before
        case _:
            assert_never(fact)


def _written(before: Postmortem, fact: facts.PostmortemSectionWritten) -> Postmortem:
    """Whoever writes in a postmortem that nobody wanted wants it."""
    text = WrittenSection(text=fact.text, version=fact.version, by=fact.by, at=fact.at)
    stage = Stage.DRAFT if before.stage is Stage.NOT_WANTED else before.stage
    return replace(
        _answered(before, fact.section),
        stage=stage,
        reason="",
        sections={**before.sections, fact.section: text},
        is_changed=before.published > 0,
    )


def _answered(before: Postmortem, section: PostmortemSection) -> Postmortem:
    left = {each: text for each, text in before.differing.items() if each is not section}
    return replace(before, differing=left)


def _without_canvas(before: Postmortem) -> Postmortem:
    return replace(before, canvas="", canvas_link="", differing={})
