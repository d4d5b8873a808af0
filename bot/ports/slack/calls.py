"""What can be asked of Slack: data, so that what is asked can be compared, and tried again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.core.blocks import Message, View
from bot.ports.slack.port import SLACK


class _OfSlack:
    """Each call names its world."""

    __slots__ = ()

    port: ClassVar[str] = SLACK.key


@dataclass(frozen=True, slots=True)
class CreateChannel(_OfSlack):
    """Create a channel under the first of these names that is free.

    Attributes:
        since: no channel that is older can be the one of an earlier try (UTC).
    """

    names: Sequence[str]
    private: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Post(_OfSlack):
    """Post a message.

    Attributes:
        key: goes along, so that it can be found again.
        thread: the time stamp of the message that it answers; empty where it answers none.
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
    """Take away a message. Where Slack does not allow it, it says `instead`."""

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
    """Read who is in a channel. The receipt has their ids, or nothing where they cannot be read as things are."""

    channel: str


@dataclass(frozen=True, slots=True)
class Topic(_OfSlack):
    """Set a channel's topic."""

    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class Pin(_OfSlack):
    """Pin a message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class UploadFile(_OfSlack):
    """Upload a text file, which nobody sees before it is shared. It is begun with that: the receipt has its id."""

    filename: str
    content: str


@dataclass(frozen=True, slots=True)
class ShareFile(_OfSlack):
    """Show an uploaded file in a channel, with a comment. In doubt it is found by its id."""

    channel: str
    file: str
    title: str
    comment: str


@dataclass(frozen=True, slots=True)
class ReplaceView(_OfSlack):
    """Replace what an open modal shows."""

    view_id: str
    view: View


@dataclass(frozen=True, slots=True)
class Respond(_OfSlack):
    """Answer a command where it was typed; only its author sees it."""

    url: str
    message: Message


@dataclass(frozen=True, slots=True)
class FetchMessage(_OfSlack):
    """Read one message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class FindPosted(_OfSlack):
    """Look whether a message in doubt is there; the receipt is empty where it is not."""

    channel: str
    key: str


@dataclass(frozen=True, slots=True)
class FetchPerson(_OfSlack):
    """Read a person's name and time zone."""

    person: str


@dataclass(frozen=True, slots=True)
class LookAtChannel(_OfSlack):
    """Look whether something can be posted in a channel; the receipt's `open` is empty where it cannot."""

    channel: str


Call = (
    CreateChannel
    | Post
    | Edit
    | Remove
    | InvitePeople
    | FetchMembers
    | Topic
    | Pin
    | UploadFile
    | ShareFile
    | ReplaceView
    | Respond
    | FetchMessage
    | FindPosted
    | FetchPerson
    | LookAtChannel
)
