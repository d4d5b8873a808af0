"""What Slack must show of action items. Effects are stored under the names of their classes for ever."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TellWarRoom:
    """Tell the war room that an action item was added, if the room is open; nobody is notified of being named."""


@dataclass(frozen=True, slots=True)
class TellOwner:
    """Tell the owner privately that somebody else has given them an action item."""

    owner: str


@dataclass(frozen=True, slots=True)
class RemindOwner:
    """Remind the owner of all that is due, in one message, which takes the place of the one before."""

    owner: str


@dataclass(frozen=True, slots=True)
class ShowReminder:
    """Show in the latest reminder of a person what is still due."""

    owner: str


@dataclass(frozen=True, slots=True)
class RemoveReminder:
    """Remove an earlier reminder, because a newer one has taken its place."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class TellWithoutOwner:
    """Tell the incident's commander, or the channel of incidents, that the owner has left.

    Attributes:
        owner: who has left: if somebody else has it by then, nobody is told.
    """

    owner: str


@dataclass(frozen=True, slots=True)
class AskToVerify:
    """Ask a person whether something that was done has its effect.

    Attributes:
        person: if somebody else is asked by then, they are not.
    """

    person: str


@dataclass(frozen=True, slots=True)
class CloseVerification:
    """Show in the message that asked what became of the question, without its buttons."""


@dataclass(frozen=True, slots=True)
class TellOfVerification:
    """Tell whoever asked what was found.

    Attributes:
        person: who asked.
    """

    person: str


Effect = (
    TellWarRoom
    | TellOwner
    | RemindOwner
    | ShowReminder
    | RemoveReminder
    | TellWithoutOwner
    | AskToVerify
    | CloseVerification
    | TellOfVerification
)
