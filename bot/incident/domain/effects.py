"""What Slack can show. Effects are committed with the facts and delivered until they succeed.

An effect says *what* to show, never the words: they are rendered at delivery, from the state at that time.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.incident.domain.cadence import ScheduledReminder
from bot.incident.domain.export import ExportFormat


class Place(StrEnum):
    """The places in Slack where something of the incident is shown."""

    ROOM = "room"  # the engine uses this name too for a stream's own channel
    CARD = "card"
    ANNOUNCEMENT = "announcement"
    OFFER = "offer"  # of command, while it is open
    TASKS = "tasks"  # the list in the card's thread
    TAKEOVER = "takeover"  # the request for command, while it is open


@dataclass(frozen=True, slots=True)
class OpenRoom:
    """Create the war room's channel."""


@dataclass(frozen=True, slots=True)
class ShowLink:
    """Tell the declarer where the war room is (or that it could not be opened), at the place of the declaration.

    Attributes:
        view_id: the modal that says "opening"; empty if the declarer used no form.
        response_url: the command's own answer address; empty if there was a form.
    """

    view_id: str = ""
    response_url: str = ""


@dataclass(frozen=True, slots=True)
class Invite:
    """Bring people into the war room."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BringOver(Invite):
    """Bring the people of a duplicate into the war room of the incident that it was merged into.

    Attributes:
        duplicate: the number of the duplicate.
    """

    duplicate: int


@dataclass(frozen=True, slots=True)
class ReadMembers:
    """Read who is in the war room. That decides who sees a private incident."""


@dataclass(frozen=True, slots=True)
class TellUninvited:
    """Tell somebody directly that they could not be brought into the war room, and what helps.

    Attributes:
        reason: Slack's error code.
    """

    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class SetTopic:
    """Set the channel topic to the present state of the incident."""


@dataclass(frozen=True, slots=True)
class ShowCard:
    """Post the card in the war room, or edit it to show the present state."""


@dataclass(frozen=True, slots=True)
class PinCard:
    """Pin the card in the war room."""


@dataclass(frozen=True, slots=True)
class Announce:
    """Post the announcement in the incidents channel, or edit it to show the present state.

    It names the war room. But if Slack is slow to open it, or refuses, people are told of the incident first.
    """


@dataclass(frozen=True, slots=True)
class TellRoom:
    """Post the `seq`-th fact of the timeline in the war room.

    Attributes:
        also: the other facts of the same act, which the same message tells. Releases before 0.4.0 neither store nor
            read it.
    """

    seq: int
    also: tuple[int, ...] = field(default=(), kw_only=True)

    @property
    def told(self) -> tuple[int, ...]:
        """All facts that the message tells, in order."""
        return tuple(sorted({self.seq, *self.also}))


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Say in the war room, in one message, what could not be said there when it happened.

    Attributes:
        seqs: the numbers of the facts in the timeline.
    """

    seqs: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Retell(TellRoom):
    """Edit the message about the `seq`-th fact in the war room, because the fact was corrected, struck or put back."""


@dataclass(frozen=True, slots=True)
class RetellChannel(TellRoom):
    """The same in the thread of the announcement."""


@dataclass(frozen=True, slots=True)
class ShowOffer(TellRoom):
    """Post an offer of command with its buttons."""


@dataclass(frozen=True, slots=True)
class CloseOffer(TellRoom):
    """Edit the open offer of command, if there is one: remove the buttons, and say how it ended."""


@dataclass(frozen=True, slots=True)
class ShowDecision(TellRoom):
    """Post a decision with its buttons, or edit it to show what became of it.

    Attributes:
        seq: the fact that calls for it.
        decision: the number of the decision.
    """

    decision: int


@dataclass(frozen=True, slots=True)
class ShowTakeover(TellRoom):
    """Post a request for command with its buttons."""


@dataclass(frozen=True, slots=True)
class CloseTakeover(TellRoom):
    """Edit the open request for command, if there is one: remove the buttons, and say how it ended."""


@dataclass(frozen=True, slots=True)
class TellChannel(TellRoom):
    """Post the `seq`-th fact of the timeline in the thread of the announcement."""


@dataclass(frozen=True, slots=True)
class Brief(TellRoom):
    """Tell the commander of the `seq`-th fact, and nobody else, the state of the incident and what comes first."""


@dataclass(frozen=True, slots=True)
class GiveDuties(TellRoom):
    """Tell the person who got a role by the `seq`-th fact, and nobody else, what is expected of them."""


@dataclass(frozen=True, slots=True)
class BriefNewcomer:
    """Tell somebody who has joined the war room, and nobody else, how it stands and what is needed."""

    person: str


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """Leave the war room's link in the thread of the message that the incident was declared from."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Remind:
    """Post a reminder, if it is still due at delivery."""

    reminder: int
    nudge: ScheduledReminder


@dataclass(frozen=True, slots=True)
class Broadcast(Remind):
    """Post a reminder in the incidents channel: the last step, which needs no war room."""


@dataclass(frozen=True, slots=True)
class CloseReminder:
    """Edit a posted reminder to say how it was answered."""

    reminder: int


@dataclass(frozen=True, slots=True)
class CloseBroadcast(CloseReminder):
    """Edit a reminder in the incidents channel to say how it was answered."""


def noted_once(channel: str, ts: str) -> str:
    """The identity of an act that marks a message: however often it is marked, it is put on the timeline once."""
    return f"note:{channel}:{ts}"


@dataclass(frozen=True, slots=True)
class ReadMessage:
    """Read a message that somebody marked, and put it on the timeline with its own time, author and link.

    Attributes:
        by_reaction: whether it was marked by a reaction, and not by a pin or the shortcut.
    """

    channel: str
    ts: str
    by: str
    by_reaction: bool = False

    @property
    def act(self) -> str:
        """The identity of the act."""
        return noted_once(self.channel, self.ts)


@dataclass(frozen=True, slots=True)
class ReadReactions:
    """Read which reactions a message still has, and strike its note if none of those is left that mark it.

    Attributes:
        by: the person who took one back.
        marks: the names of the emoji that mark a message.
    """

    channel: str
    ts: str
    by: str
    marks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ParkMessage(ReadMessage):
    """Read a message that somebody marked, and park it with its author and link."""

    @property
    def act(self) -> str:
        """The identity of the act: however often a message is marked, it is parked once."""
        return f"park:{self.channel}:{self.ts}"


@dataclass(frozen=True, slots=True)
class ShowTasks:
    """Post the list of tasks in the thread of the card, or edit it to show the present state."""


@dataclass(frozen=True, slots=True)
class TellAssignee(TellRoom):
    """Tell the person to whom the `seq`-th fact has given a task, and nobody else."""


@dataclass(frozen=True, slots=True)
class RemindOfTask:
    """Tell one person, and nobody else, that a task is due, if it is still open at delivery.

    Attributes:
        due_at: the time of the reminder (UTC).
    """

    number: int
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ShareDraft:
    """Post the postmortem draft in the war room as a file."""


@dataclass(frozen=True, slots=True)
class ShareExport:
    """Send somebody the timeline as a file, in a direct message.

    Attributes:
        form: the format of the file.
        channel: the id of the direct message, which is known once it has a message; empty before.
    """

    person: str
    form: ExportFormat
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Meet:
    """Learn a person's name and time zone."""

    person: str


@dataclass(frozen=True, slots=True)
class Warn:
    """Tell the war room that an outside world refused something, and what to do about it.

    Attributes:
        reason: the error code of the outside world.
        port: the key of the outside world.
        person: the person who is told directly, because the war room cannot be reached; empty at first.
    """

    what: str
    reason: str
    person: str = ""
    port: str = "slack"  # the only world before 0.3.0, which does not store it


Effect = (
    OpenRoom
    | ShowLink
    | Invite
    | BringOver
    | ReadMembers
    | TellUninvited
    | SetTopic
    | ShowCard
    | PinCard
    | Announce
    | TellRoom
    | CatchUp
    | Retell
    | RetellChannel
    | ShowOffer
    | CloseOffer
    | ShowDecision
    | ShowTakeover
    | CloseTakeover
    | TellChannel
    | Brief
    | GiveDuties
    | BriefNewcomer
    | AnswerSource
    | Remind
    | Broadcast
    | CloseReminder
    | CloseBroadcast
    | ReadMessage
    | ReadReactions
    | ParkMessage
    | ShowTasks
    | TellAssignee
    | RemindOfTask
    | ShareDraft
    | ShareExport
    | Meet
    | Warn
)
