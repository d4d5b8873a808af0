"""What happens to an action item. Facts are stored under the names of their classes for ever."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from bot.core.rewriting import Why
from bot.followup.domain.vocabulary import Decided, Kind, Priority


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseFact:
    """The base of all facts.

    Attributes:
        words: the names of the fields that hold what somebody typed or wrote.
        actors: the names of the fields that hold the ids of people or machines.
        links: the names of the fields that lead to a message.
        at: when it happened (UTC).
        by: the id of the person who did it.
    """

    words: ClassVar[tuple[str, ...]] = ()
    actors: ClassVar[tuple[str, ...]] = ("by",)
    links: ClassVar[tuple[str, ...]] = ()

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

    words: ClassVar[tuple[str, ...]] = ("title", "incident_title")
    actors: ClassVar[tuple[str, ...]] = ("by", "owner")
    links: ClassVar[tuple[str, ...]] = ("link",)

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

    actors: ClassVar[tuple[str, ...]] = ("by", "owner", "previous")

    owner: str
    previous: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemMoved(BaseFact):
    """It is done later, or sooner.

    Attributes:
        reason: why; empty if nobody said, which is allowed twice.
    """

    words: ClassVar[tuple[str, ...]] = ("reason",)

    due_on: date
    previous: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemDone(BaseFact):
    """It is done.

    Attributes:
        proof: a link or a sentence by which others see that it is done.
    """

    words: ClassVar[tuple[str, ...]] = ("proof",)

    proof: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemDropped(BaseFact):
    """It will not be done."""

    words: ClassVar[tuple[str, ...]] = ("reason",)

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

    actors: ClassVar[tuple[str, ...]] = ("by", "person")

    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemVerified(BaseFact):
    """Whoever was asked has looked: it has the effect.

    Attributes:
        note: how one sees it.
    """

    words: ClassVar[tuple[str, ...]] = ("note",)

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemNotVerified(BaseFact):
    """Whoever was asked has looked: it does not have the effect, or not yet.

    Attributes:
        note: what is missing.
    """

    words: ClassVar[tuple[str, ...]] = ("note",)

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

    words: ClassVar[tuple[str, ...]] = ("how",)

    drill: int
    began_at: datetime
    noticed_at: datetime | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItemSent(BaseFact):
    """Somebody has asked for an issue of it in the tracker, or for another try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesRewritten(BaseFact):
    """Recorded entries were rewritten: a person was forgotten, or the time for which words are kept is over.

    Attributes:
        why: which of these, as a `Why`.
        entries: the numbers of the entries, such as `1-4, 7`.
        count: how many they are.
    """

    why: Why
    entries: str
    count: int


AboutVerification = VerificationAsked | ActionItemVerified | ActionItemNotVerified
Change = (
    ActionItemAssigned
    | ActionItemMoved
    | ActionItemDone
    | ActionItemDropped
    | ActionItemReopened
    | EntriesRewritten
    | AboutVerification
    | ActionItemRehearsed
    | ActionItemSent
)
Fact = ActionItemAdded | Change
