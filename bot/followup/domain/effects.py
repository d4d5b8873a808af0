"""What Slack and the tracker must show of action items. Effects are stored under the names of their classes for ever."""

from dataclasses import dataclass
from datetime import date


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
class RemindInChannel:
    """Remind the owner in the channel that they have chosen, of what comes from incidents that are not private."""

    owner: str


@dataclass(frozen=True, slots=True)
class ShowChannelReminder:
    """Show in the latest reminder of a person in a channel what is still due."""

    owner: str


@dataclass(frozen=True, slots=True)
class TellOfLostChannel:
    """Tell the owner, once, that they cannot be reminded in the channel that they have chosen."""

    owner: str
    channel: str


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


@dataclass(frozen=True, slots=True)
class CreateItemIssue:
    """Create the issue of an action item in the tracker, once."""


@dataclass(frozen=True, slots=True)
class ShowIssueState:
    """Close the issue, or open it again, so that it is as the item is."""


@dataclass(frozen=True, slots=True)
class TellIssueOfDay:
    """Say at the issue by when the item is due now.

    Attributes:
        due_on: the day: if it was moved again by then, nothing is said.
    """

    due_on: date


@dataclass(frozen=True, slots=True)
class TellIssueOfOwner:
    """Say at the issue who does it now.

    Attributes:
        owner: who: if somebody else does it by then, nothing is said.
    """

    owner: str


@dataclass(frozen=True, slots=True)
class ShowInList:
    """Bring the row of an action item in the list in Slack up to date: add it, change it, or remove it."""


@dataclass(frozen=True, slots=True)
class TellOfTrouble:
    """Tell the owner, once, that the tracker does not take something."""


IssueEffect = CreateItemIssue | ShowIssueState | TellIssueOfDay | TellIssueOfOwner

Effect = (
    TellWarRoom
    | TellOwner
    | RemindOwner
    | ShowReminder
    | RemindInChannel
    | ShowChannelReminder
    | TellOfLostChannel
    | RemoveReminder
    | TellWithoutOwner
    | AskToVerify
    | CloseVerification
    | TellOfVerification
    | IssueEffect
    | TellOfTrouble
    | ShowInList
)
