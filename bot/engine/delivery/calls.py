"""What is asked of Slack, and what it answered: data, so that retries are decided in one place, the outbox."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.core.blocks import Message, View


@dataclass(frozen=True, slots=True)
class CreateChannel:
    """Create a channel under the first of these names that is free.

    Attributes:
        since: no channel that is older can be the one of an earlier try (UTC).
    """

    names: Sequence[str]
    private: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Post:
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
class Edit:
    """Replace a message."""

    channel: str
    ts: str
    message: Message


@dataclass(frozen=True, slots=True)
class Remove:
    """Take away a message. Where Slack does not allow it, it says `instead`."""

    channel: str
    ts: str
    instead: Message


@dataclass(frozen=True, slots=True)
class InvitePeople:
    """Bring people into a channel."""

    channel: str
    people: Sequence[str]


@dataclass(frozen=True, slots=True)
class FetchMembers:
    """Read who is in a channel. The receipt has their ids, or nothing where they cannot be read as things are."""

    channel: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Set a channel's topic."""

    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class Pin:
    """Pin a message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class UploadFile:
    """Upload a text file, which nobody sees before it is shared. It is begun with that: the receipt has its id."""

    filename: str
    content: str


@dataclass(frozen=True, slots=True)
class ShareFile:
    """Show an uploaded file in a channel, with a comment. In doubt it is found by its id."""

    channel: str
    file: str
    title: str
    comment: str


@dataclass(frozen=True, slots=True)
class ReplaceView:
    """Replace what an open modal shows."""

    view_id: str
    view: View


@dataclass(frozen=True, slots=True)
class Respond:
    """Answer a command where it was typed; only its author sees it."""

    url: str
    message: Message


@dataclass(frozen=True, slots=True)
class FetchMessage:
    """Read one message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class FindPosted:
    """Look whether a message in doubt is there; the receipt is empty where it is not."""

    channel: str
    key: str


@dataclass(frozen=True, slots=True)
class FetchPerson:
    """Read a person's name and time zone."""

    person: str


@dataclass(frozen=True, slots=True)
class LookAtChannel:
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


@dataclass(frozen=True, slots=True)
class Delivered:
    """It is done. `receipt` holds what Slack told: `channel`, `ts`, or what was read."""

    receipt: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Begun:
    """A step of it is done that nobody sees yet. `progress` is what the next step needs, and is to be kept first."""

    progress: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now.

    Attributes:
        reason: Slack's error code, or what went wrong on the way.
        after: how long Slack asked us to wait; None leaves it to the outbox.
        doubt: whether it may have taken effect although no answer came.
        unexpected: whether it ended in a way that is nobody's plan, such as an answer that is none. A few of those,
            and it is given up: what happens again and again would hold up its lane for ever.
    """

    reason: str
    after: timedelta | None = None
    doubt: bool = False
    unexpected: bool = False


@dataclass(frozen=True, slots=True)
class Dead:
    """Never, as things are: `reason` is Slack's error code.

    Attributes:
        people: of an invitation, whom Slack did not let in, and why; the others are in.
    """

    reason: str
    people: Mapping[str, str] = field(default_factory=dict)


Result = Delivered | Begun | Retry | Dead

# Does the call; `doubt` says that an earlier try may have taken effect, so look before doing it again.
Perform = Callable[[Call, bool], Awaitable[Result]]
