"""Facts about the canvas in which people write the postmortem."""

from dataclasses import dataclass
from typing import ClassVar

from bot.incident.domain.facts.postmortem import PostmortemFact
from bot.incident.domain.postmortem_sections import PostmortemSection


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemCanvasOpened(PostmortemFact):
    """There is a canvas in which everybody in the war room can write the sections.

    Attributes:
        canvas: its id.
        link: its address; empty if it is not known.
    """

    links: ClassVar[tuple[str, ...]] = ("link",)

    canvas: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemCanvasRefused(PostmortemFact):
    """Slack makes no canvas for it.

    Attributes:
        code: Slack's error code.
    """

    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemCanvasDiffers(PostmortemFact):
    """A section in the canvas is not what is stored, and somebody must say which text counts.

    Attributes:
        text: what the canvas has; empty if it has nothing, or the heading is gone.
        based_on: the version of the section that was in the canvas before it was edited there; -1 if that is not known.
    """

    words: ClassVar[tuple[str, ...]] = ("text",)

    section: PostmortemSection
    text: str
    based_on: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemCanvasAnswered(PostmortemFact):
    """A section of the canvas is no question any more.

    Attributes:
        put_back: whether the stored text is to be put back into the canvas; otherwise the canvas has it already.
    """

    section: PostmortemSection
    put_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemCanvasRead(PostmortemFact):
    """The canvas was read, and what people wrote in it was taken over.

    Attributes:
        taken: the sections that became new versions.
        too_long: the sections that were left in the canvas because they are too long.
        headings: the headings that are none of ours, whose text was kept under "More".
        wanted: what was to be done afterwards: `review`, `publish`, or nothing.
        problem: why the canvas could not be read (`gone`, or Slack's error code), or why what was wanted was not done (a
            sentence); empty if all went well.
    """

    words: ClassVar[tuple[str, ...]] = ("headings", "problem")

    taken: tuple[PostmortemSection, ...] = ()
    too_long: tuple[PostmortemSection, ...] = ()
    headings: str = ""
    wanted: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostmortemCanvasLeft(PostmortemFact):
    """The postmortem goes on without its canvas, which is read no more."""
