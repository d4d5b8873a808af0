"""What we can ask of Slack. Calls are data, so that they can be compared and tried again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from bot.core.blocks import Block, Message, View
from bot.ports.slack.documents import CreateDocument, FetchDocument, ShareDocument, WriteDocumentPart
from bot.ports.slack.lists import CreateList, KeepRow, ShareList
from bot.ports.slack.port import SLACK

PINNED = ":pinned"  # among the marks of a message: it is pinned. No emoji has a colon in its name.


class _OfSlack:
    """The base of all calls, which names their outside world."""

    __slots__ = ()

    port: ClassVar[str] = SLACK.key


@dataclass(frozen=True, slots=True)
class CreateChannel(_OfSlack):
    """Create a channel under the first of these names that is free.

    Attributes:
        since: the time (UTC) before which no channel can come from an earlier try.
    """

    names: Sequence[str]
    private: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Post(_OfSlack):
    """Post a message.

    Attributes:
        key: the idempotency key, which the message carries so that it can be found again.
        thread: the time stamp of the message that it answers; empty if it answers none.
    """

    channel: str
    message: Message
    key: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Edit(_OfSlack):
    """Replace a message."""

    channel: str
    ts: str
    message: Message


@dataclass(frozen=True, slots=True)
class Remove(_OfSlack):
    """Delete a message. If Slack does not allow that, replace it by `instead`."""

    channel: str
    ts: str
    instead: Message


@dataclass(frozen=True, slots=True)
class InvitePeople(_OfSlack):
    """Bring people into a channel."""

    channel: str
    people: Sequence[str]


@dataclass(frozen=True, slots=True)
class FetchMembers(_OfSlack):
    """Read who is in a channel. The receipt has their ids, or nothing if they cannot be read as things are."""

    channel: str


@dataclass(frozen=True, slots=True)
class Topic(_OfSlack):
    """Set a channel's topic."""

    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class RenameChannel(_OfSlack):
    """Give a channel the first of these names that is free.

    Attributes:
        former: the names that it can have from us: with any other one, people have renamed it, and it is left alone.
    """

    channel: str
    names: Sequence[str]
    former: Collection[str]


@dataclass(frozen=True, slots=True)
class ArchiveChannel(_OfSlack):
    """Archive a channel. The receipt says `archived`, or `talk` if people have written there too recently.

    Attributes:
        unless_said_since: since when nobody may have written there (UTC); None if that does not matter.
    """

    channel: str
    unless_said_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Pin(_OfSlack):
    """Pin a message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class UploadFile(_OfSlack):
    """Upload a text file, which nobody sees before it is shared. The result is `Begun`, with the file's id."""

    filename: str
    content: str


@dataclass(frozen=True, slots=True)
class UploadPicture(_OfSlack):
    """Upload a picture in the same way; `alt` says what is in it. The result is `Begun`, with its id as `picture`."""

    filename: str
    content: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class ShareFile(_OfSlack):
    """Show an uploaded file in a channel, with a comment. In doubt it is found by its id.

    The receipt has the address of the file as `link`, if Slack tells it.

    Attributes:
        picture: the id of a picture that is shown in the same message; empty if there is none.
        picture_title: the title of it.
    """

    channel: str
    file: str
    title: str
    comment: str
    picture: str = ""
    picture_title: str = ""


@dataclass(frozen=True, slots=True)
class ReplaceView(_OfSlack):
    """Replace the contents of an open modal."""

    view_id: str
    view: View


@dataclass(frozen=True, slots=True)
class Respond(_OfSlack):
    """Answer a command where it was typed; only the person who typed it sees the answer."""

    url: str
    message: Message


@dataclass(frozen=True, slots=True)
class FetchMessage(_OfSlack):
    """Read one message. The receipt has its text, author and link, and its marks: reactions, and `PINNED`."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class FindPosted(_OfSlack):
    """Look for a message in doubt; the receipt is empty if it is not there."""

    channel: str
    key: str


@dataclass(frozen=True, slots=True)
class FetchPerson(_OfSlack):
    """Read a person's name and time zone."""

    person: str


@dataclass(frozen=True, slots=True)
class FetchUserGroup(_OfSlack):
    """Read who is in a user group. The receipt has the ids of its `members`, and its `handle`."""

    group: str


@dataclass(frozen=True, slots=True)
class FetchDoNotDisturb(_OfSlack):
    """Read a person's present or next stretch of do-not-disturb. The receipt is empty if Slack does not let us know.

    Its `start` and `end` are seconds (Unix time), and equal if they have no schedule.
    """

    person: str


@dataclass(frozen=True, slots=True)
class SetBookmark(_OfSlack):
    """Add a bookmark to a channel, or change one. The receipt has `name`, its id as `id`, and `digest`.

    If the workspace allows no bookmarks, the receipt has the reason as `refused`.

    Attributes:
        bookmark: its id; empty to add one.
        emoji: the name of an emoji without colons; empty if it has none.
        name: whose bookmark it is, for the receipt.
        digest: what it will show, for the receipt.
    """

    channel: str
    bookmark: str
    title: str
    link: str
    emoji: str
    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class RemoveBookmark(_OfSlack):
    """Remove a bookmark from a channel. The receipt is that of `SetBookmark`, without an id."""

    channel: str
    bookmark: str
    name: str


@dataclass(frozen=True, slots=True)
class CanvasSection:
    """A part of a canvas: a heading, and one paragraph below it, which alone is replaced.

    Attributes:
        name: its name, for the receipt.
        mark: words that stand in this paragraph and nowhere else. Slack finds it by them.
        paragraph: the whole paragraph in Slack's Markdown, with the mark.
        digest: what it shows, for the receipt.
    """

    name: str
    heading: str
    mark: str
    paragraph: str
    digest: str


@dataclass(frozen=True, slots=True)
class CreateCanvas(_OfSlack):
    """Create a channel's canvas with these sections. The receipt has its id as `id`, and each section's digest by name.

    If the channel has one already, the receipt has its id alone. If the workspace allows none, it has the reason as
    `refused`.
    """

    channel: str
    title: str
    sections: Sequence[CanvasSection]


@dataclass(frozen=True, slots=True)
class EditCanvas(_OfSlack):
    """Replace a section of a canvas, or add it if it is not there. All else in the canvas stays.

    The receipt has the section's digest by its name. It has the reason as `refused` if the workspace does not allow it,
    as `failed` if Slack cannot show this section, and as `gone` if somebody has deleted the canvas.
    """

    channel: str
    canvas: str
    section: CanvasSection


@dataclass(frozen=True, slots=True)
class LookAtChannel(_OfSlack):
    """Look whether we can post in a channel; the receipt's `open` is empty if we cannot."""

    channel: str


@dataclass(frozen=True, slots=True)
class DescribeChannel(_OfSlack):
    """Read what a channel is.

    The receipt has its `kind` (public, private, direct), whether it is `archived`, the `members` of a private one, and whether
    it is `shared` with other organizations.
    """

    channel: str


@dataclass(frozen=True, slots=True)
class ShowPreviews(_OfSlack):
    """Show previews below the links of somebody's message.

    Attributes:
        blocks: of each preview, by the link as it was posted.
        entities: the same as Work Objects, which take the place of the blocks where Slack shows them.
    """

    channel: str
    ts: str
    blocks: Mapping[str, list[Block]]
    entities: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class PresentDetails(_OfSlack):
    """Fill the pane that a person has opened with the details of a Work Object; None if they may not see it."""

    trigger: str
    entity: dict[str, Any] | None


Call = (
    CreateChannel
    | Post
    | Edit
    | Remove
    | InvitePeople
    | FetchMembers
    | Topic
    | RenameChannel
    | ArchiveChannel
    | Pin
    | UploadFile
    | UploadPicture
    | ShareFile
    | ReplaceView
    | Respond
    | FetchMessage
    | FindPosted
    | FetchPerson
    | FetchUserGroup
    | FetchDoNotDisturb
    | SetBookmark
    | RemoveBookmark
    | CreateCanvas
    | EditCanvas
    | LookAtChannel
    | DescribeChannel
    | ShowPreviews
    | PresentDetails
    | CreateDocument
    | ShareDocument
    | FetchDocument
    | WriteDocumentPart
    | CreateList
    | ShareList
    | KeepRow
)
