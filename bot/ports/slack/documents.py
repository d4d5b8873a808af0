"""What we can ask of Slack about canvases of their own, which are not that of a channel."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar

from bot.ports.slack.port import SLACK


class _OfSlack:
    """The base of these calls, which names their outside world."""

    __slots__ = ()

    port: ClassVar[str] = SLACK.key


@dataclass(frozen=True, slots=True)
class CreateDocument(_OfSlack):
    """Create a canvas that nobody sees before it is shared. The result is `Begun`, with its id as `canvas`, and the marks.

    If the workspace allows none, the receipt has the reason as `refused`. In doubt a second one is created: nobody has seen
    the first.

    Attributes:
        channel: the channel that it is going to be shared with, which must be open.
        marks: what it shows, by name, for the receipt.
    """

    channel: str
    title: str
    markdown: str
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ShareDocument(_OfSlack):
    """Let the people of a channel read or edit a canvas. The receipt has its id as `id`, and the marks.

    It has the reason as `refused` if the workspace does not allow it, and as `gone` if somebody has deleted the canvas.

    Attributes:
        level: `read` or `write`.
        marks: as in `CreateDocument`.
    """

    channel: str
    canvas: str
    level: str
    marks: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FetchDocument(_OfSlack):
    """Read a canvas. The receipt has its Markdown as `content`, or the reason as `gone` or `refused`."""

    channel: str
    canvas: str


@dataclass(frozen=True, slots=True)
class WriteDocumentPart(_OfSlack):
    """Put text below a heading of a canvas, and remove what stood there.

    The receipt has the marks; or the reason as `gone`, `refused`, or `failed` if Slack cannot show it.

    Attributes:
        heading: the words of the heading; if there is none, it is added at the end.
        old: the lines that are removed. One that Slack finds in no place, or in several, stays.
        parts: the new text, each part small enough for one edit.
        marks: as in `CreateDocument`.
    """

    channel: str
    canvas: str
    heading: str
    old: Sequence[str]
    parts: Sequence[str]
    marks: Mapping[str, str] = field(default_factory=dict)


DocumentCall = CreateDocument | ShareDocument | FetchDocument | WriteDocumentPart
