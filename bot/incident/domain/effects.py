"""What Slack can be made to show. Effects are committed with the facts and delivered until they succeed.

An effect says *what* to show, never the words: those are rendered at delivery, from the state of that moment.
"""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar

from bot.incident.domain.cadence import Nudge


class Place(StrEnum):
    """Where in Slack something of the incident stands, once it stands there."""

    ROOM = "room"
    CARD = "card"
    ANNOUNCEMENT = "announcement"
    OFFER = "offer"  # of command, while it is open


class Lane(StrEnum):
    """Effects of one lane are delivered in order; lanes run side by side."""

    OPEN = "open"
    INVITE = "invite"
    TOPIC = "topic"
    CARD = "card"
    PIN = "pin"
    ANNOUNCEMENT = "announcement"
    ROOM = "room"
    URGENT = "urgent"
    BROADCAST = "broadcast"
    PEOPLE = "people"
    READ = "read"
    SOURCE = "source"


# Slack takes one message a second and channel: what asks somebody to act is not to wait behind what informs.
YIELDS_TO = {Lane.ROOM: Lane.URGENT}


@dataclass(frozen=True, slots=True)
class _Effect:
    """What the outbox has to know of an effect when it is written down.

    There are no defaults, and none of it is inherited: each effect says all four, so that nothing can be wrong silently.
    A test sees to it. Where a subclass says otherwise than its base, the base says the type.

    Attributes:
        lane: what it stands in line with.
        needs: what must stand in Slack before it is delivered.
        patience: how long it waits for what it needs; None: for ever.
        coalesces: whether one that waits stands for all that come later: it will show the latest state.
    """

    lane: ClassVar[Lane]
    needs: ClassVar[Place | None]
    patience: ClassVar[timedelta | None]
    coalesces: ClassVar[bool]


@dataclass(frozen=True, slots=True)
class OpenRoom(_Effect):
    """Create the war room's channel."""

    lane = Lane.OPEN
    needs = None
    patience = None
    coalesces = False


@dataclass(frozen=True, slots=True)
class ShowLink(_Effect):
    """Tell the declarer where the war room is (or that it could not be opened), where they declared it.

    Attributes:
        view_id: the modal that says "opening"; empty when the declarer used no form.
        response_url: the command's own answer address; empty when there was a form.
    """

    lane = Lane.OPEN  # behind OpenRoom, whether that succeeds or dies
    needs = None
    patience = None
    coalesces = False

    view_id: str = ""
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class Invite(_Effect):
    """Bring people into the war room."""

    lane = Lane.INVITE
    needs = Place.ROOM
    patience = None
    coalesces = False

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReadMembers(_Effect):
    """Read who is in the war room. What is known then decides who sees a private incident."""

    lane = Lane.INVITE  # behind the invitations that were committed before
    needs = Place.ROOM
    patience = None
    coalesces = True


@dataclass(frozen=True, slots=True)
class TellUninvited(_Effect):
    """Tell somebody directly that they could not be brought into the war room, and what helps.

    Attributes:
        reason: Slack's error code.
    """

    lane = Lane.PEOPLE
    needs = None
    patience = None
    coalesces = False

    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetTopic(_Effect):
    """Make the channel topic say what the incident is now."""

    lane = Lane.TOPIC
    needs = Place.ROOM
    patience = None
    coalesces = True


@dataclass(frozen=True, slots=True)
class ShowCard(_Effect):
    """Post the card in the war room, or edit it to the present state."""

    lane = Lane.CARD
    needs = Place.ROOM
    patience = None
    coalesces = True


@dataclass(frozen=True, slots=True)
class PinCard(_Effect):
    """Pin the card in the war room."""

    lane = Lane.PIN
    needs = Place.CARD
    patience = None
    coalesces = False


@dataclass(frozen=True, slots=True)
class Announce(_Effect):
    """Post the announcement in the incidents channel, or edit it to the present state.

    It names the war room; but where Slack takes its time to open it, or refuses, the others hear of the incident first.
    """

    lane = Lane.ANNOUNCEMENT
    needs = Place.ROOM
    patience = timedelta(seconds=5)
    coalesces = True


@dataclass(frozen=True, slots=True)
class TellRoom(_Effect):
    """Say in the war room what the `seq`-th fact of the timeline is."""

    lane = Lane.ROOM
    needs: ClassVar[Place | None] = Place.ROOM
    patience: ClassVar[timedelta | None] = None
    coalesces = False

    seq: int


@dataclass(frozen=True, slots=True)
class CatchUp(_Effect):
    """Say in the war room, in one message, what it could not be told when it happened.

    Attributes:
        seqs: which facts of the timeline.
    """

    lane = Lane.ROOM
    needs = Place.ROOM
    patience = None
    coalesces = False

    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ShowOffer(TellRoom):
    """Post an offer of command with its buttons."""

    lane = Lane.URGENT
    needs = Place.ROOM
    patience = None
    coalesces = False


@dataclass(frozen=True, slots=True)
class CloseOffer(TellRoom):
    """Edit the offer of command that stands, if one does: the buttons go, and it says what came of it."""

    lane = Lane.URGENT  # behind the offer, before the next one
    needs = Place.ROOM
    patience = None
    coalesces = False


@dataclass(frozen=True, slots=True)
class TellChannel(TellRoom):
    """Say in the thread of the announcement what the `seq`-th fact of the timeline is."""

    lane = Lane.ANNOUNCEMENT  # behind the announcement
    needs = None
    patience = None
    coalesces = False


@dataclass(frozen=True, slots=True)
class Brief(TellRoom):
    """Tell the commander whom the `seq`-th fact made so, and only them, how it stands and what comes first."""

    lane = Lane.PEOPLE
    needs = Place.ROOM
    patience = timedelta(seconds=5)
    coalesces = False


@dataclass(frozen=True, slots=True)
class AnswerSource(_Effect):
    """Leave the war room's link in the thread of the message that the incident was declared from."""

    lane = Lane.SOURCE
    needs = Place.ROOM
    patience = None
    coalesces = False

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Remind(_Effect):
    """Post a reminder, if it is still due when it gets there."""

    lane = Lane.URGENT
    needs: ClassVar[Place | None] = Place.ROOM
    patience = None
    coalesces = False

    reminder: int
    nudge: Nudge


@dataclass(frozen=True, slots=True)
class Broadcast(Remind):
    """Post a reminder in the incidents channel: the last rung, which needs no war room."""

    lane = Lane.BROADCAST
    needs = None
    patience = None
    coalesces = False


@dataclass(frozen=True, slots=True)
class CloseReminder(_Effect):
    """Edit a posted reminder to say how it was answered."""

    lane = Lane.URGENT  # behind the reminder itself
    needs: ClassVar[Place | None] = Place.ROOM
    patience = None
    coalesces = False

    reminder: int


@dataclass(frozen=True, slots=True)
class CloseBroadcast(CloseReminder):
    """The same for a reminder in the incidents channel."""

    lane = Lane.BROADCAST
    needs = None
    patience = None
    coalesces = False


@dataclass(frozen=True, slots=True)
class ReadMessage(_Effect):
    """Read a message that somebody marked and put it on the timeline, with its own time, author and link."""

    lane = Lane.READ
    needs = Place.ROOM
    patience = None
    coalesces = False

    channel: str
    ts: str
    by: str

    @property
    def act(self) -> str:
        """The identity of the act: however often a message is marked, it enters once."""
        return f"note:{self.channel}:{self.ts}"


@dataclass(frozen=True, slots=True)
class ShareDraft(_Effect):
    """Post the postmortem draft in the war room as a file."""

    lane = Lane.ROOM
    needs = Place.ROOM
    patience = None
    coalesces = False


@dataclass(frozen=True, slots=True)
class Meet(_Effect):
    """Learn a person's name and time zone."""

    lane = Lane.PEOPLE
    needs = None
    patience = None
    coalesces = False

    person: str


@dataclass(frozen=True, slots=True)
class Warn(_Effect):
    """Tell the war room that something could not be shown in Slack, and what to do about it.

    Attributes:
        person: who is told directly, because the war room itself cannot be reached; empty at first.
    """

    lane = Lane.ROOM
    needs = Place.ROOM
    patience = None
    coalesces = False

    what: str
    reason: str
    person: str = ""


Effect = (
    OpenRoom
    | ShowLink
    | Invite
    | ReadMembers
    | TellUninvited
    | SetTopic
    | ShowCard
    | PinCard
    | Announce
    | TellRoom
    | CatchUp
    | ShowOffer
    | CloseOffer
    | TellChannel
    | Brief
    | AnswerSource
    | Remind
    | Broadcast
    | CloseReminder
    | CloseBroadcast
    | ReadMessage
    | ShareDraft
    | Meet
    | Warn
)
