"""What happens to an action item. Facts are stored under the names of their classes for ever."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.followup.domain.vocabulary import Decided, Kind, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFact:
    """The base of all facts.

    Attributes:
        at: when it happened (UTC).
        by: the id of the person who did it.
    """

    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemAdded(BaseFact):
    """Somebody has decided that something is to be done.

    Attributes:
        title: what is to be done. The database finds a stream by the words of its title.
        owner: the id of the person who does it.
        due_on: by the end of which day, in the owner's time zone.
        link: the message from which it was made; empty if it was made from none.
        incident: the number of the incident that it comes from.
        incident_title: that incident's title at this time.
        private: whether that incident is private: then only those who may see it see the action item.
        board: at which board it was decided, by the span of its pack (`2026-W48`); empty if at none.
        decided: what the board has decided; None if it was not a board.
    """

    number: int
    title: str
    owner: str
    due_on: date
    kind: Kind
    priority: Priority
    link: str
    incident: int
    incident_title: str
    private: bool
    board: str = ""
    decided: Decided | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemAssigned(BaseFact):
    """Another person does it."""

    owner: str
    previous: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemMoved(BaseFact):
    """It is done later, or sooner.

    Attributes:
        reason: why; empty if nobody said, which is allowed twice.
    """

    due_on: date
    previous: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemDone(BaseFact):
    """It is done.

    Attributes:
        proof: a link or a sentence by which others see that it is done.
    """

    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemDropped(BaseFact):
    """It will not be done."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemReopened(BaseFact):
    """It was marked as done, or as not to be done, by mistake or too soon."""


@dataclass(frozen=True, slots=True, kw_only=True)
class VerificationAsked(BaseFact):
    """Somebody wants to know whether what was done has the effect that it was to have.

    Attributes:
        person: who is asked to look.
    """

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemVerified(BaseFact):
    """Whoever was asked has looked: it has the effect.

    Attributes:
        note: how one sees it.
    """

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemNotVerified(BaseFact):
    """Whoever was asked has looked: it does not have the effect, or not yet.

    Attributes:
        note: what is missing.
    """

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemRehearsed(BaseFact):
    """A drill has tried out whether what was built notices what it is for.

    Attributes:
        drill: the number of the drill.
        began_at: when the drill was declared (UTC).
        noticed_at: when it was noticed (UTC); None if nobody and nothing noticed.
        how: by what or whom it was noticed; empty if it was not.
    """

    drill: int
    began_at: datetime
    noticed_at: datetime | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemSent(BaseFact):
    """Somebody has asked for an issue of it in the tracker, or for another try."""


AboutVerification = VerificationAsked | ActionItemVerified | ActionItemNotVerified
Change = (
    ActionItemAssigned
    | ActionItemMoved
    | ActionItemDone
    | ActionItemDropped
    | ActionItemReopened
    | AboutVerification
    | ActionItemRehearsed
    | ActionItemSent
)
Fact = ActionItemAdded | Change
