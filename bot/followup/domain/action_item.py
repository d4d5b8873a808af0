"""The state of an action item, and how each fact changes it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import assert_never, get_args

from bot.core.decider import Decider, ListColumns
from bot.followup.domain import facts
from bot.followup.domain.verification import Verification, verification_after
from bot.followup.domain.vocabulary import Decided, Kind, Priority, State, reference

SHAPE = 1  # of the stored state: change the number if a field is added, removed, or changes its meaning
SUBJECT = "action item"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """Its day was changed once."""

    at: datetime
    by: str
    previous: date
    due_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """A drill that has tried it out; see `facts.ActionItemRehearsed`."""

    at: datetime
    by: str
    drill: int
    began_at: datetime
    noticed_at: datetime | None
    how: str

    @property
    def noticed_after(self) -> timedelta | None:
        """How long after the beginning of the drill it was noticed; None if it was not."""
        return self.noticed_at - self.began_at if self.noticed_at else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """The present state of one action item. All times are in UTC; days are in the owner's time zone.

    Attributes:
        version: the number of facts that led to it.
        title: what is to be done.
        given_at: since when this owner has had to do it by this day: nobody is reminded of what was due before.
        given_by: who has given it to this owner.
        moves: each change of the day, the first one first.
        ended_at: when it was done or given up; None if it is open.
        ended_by: who said so; empty if it is open.
        rehearsals: the drills that have tried it out, the first one first.
        outcome: the proof that it is done, or the reason why it is not; empty if it is open.
        board: at which review board it was decided, by the span of its pack; empty if at none.
        decided: what that board has decided; None without a board.
        verification: whether somebody was asked to look whether it has its effect, and what they found; None if nobody.
    """

    version: int
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
    added_by: str
    added_at: datetime
    given_at: datetime
    given_by: str
    state: State = State.OPEN
    moves: tuple[Move, ...] = ()
    ended_at: datetime | None = None
    ended_by: str = ""
    outcome: str = ""
    board: str = ""
    decided: Decided | None = None
    verification: Verification | None = None
    rehearsals: tuple[Rehearsal, ...] = ()

    @property
    def reference(self) -> str:
        """Its name for people: `ACT-3`."""
        return reference(self.number)

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state is State.OPEN

    def is_overdue(self, today: date) -> bool:
        """Whether its day is over and it is not done."""
        return self.is_open and self.due_on < today


def evolve(item: ActionItem | None, fact: facts.Fact) -> ActionItem:
    """The state after a fact.

    Raises:
        ValueError: the first fact is not that it was added, or a later one is.
    """
    if item is None and isinstance(fact, facts.ActionItemAdded):
        return _added(fact)
    if item is None or isinstance(fact, facts.ActionItemAdded):
        raise ValueError("a history begins with ActionItemAdded, and has it once")
    return replace(_changed(item, fact), version=item.version + 1)


def _added(fact: facts.ActionItemAdded) -> ActionItem:
    return ActionItem(
        version=1,
        number=fact.number,
        title=fact.title,
        owner=fact.owner,
        due_on=fact.due_on,
        kind=fact.kind,
        priority=fact.priority,
        link=fact.link,
        incident=fact.incident,
        incident_title=fact.incident_title,
        private=fact.private,
        added_by=fact.by,
        added_at=fact.at,
        given_at=fact.at,
        given_by=fact.by,
        board=fact.board,
        decided=fact.decided,
    )


def _changed(item: ActionItem, fact: facts.Change) -> ActionItem:
    match fact:
        case facts.ActionItemAssigned():
            return replace(item, owner=fact.owner, given_at=fact.at, given_by=fact.by)
        case facts.ActionItemMoved():
            move = Move(
                at=fact.at, by=fact.by, previous=fact.previous, due_on=fact.due_on, reason=fact.reason
            )
            return replace(item, due_on=fact.due_on, given_at=fact.at, moves=(*item.moves, move))
        case facts.ActionItemDone():
            return _ended(item, State.DONE, fact, fact.proof)
        case facts.ActionItemDropped():
            return _ended(item, State.NOT_DOING, fact, fact.reason)
        case facts.ActionItemReopened():
            opened = replace(item, state=State.OPEN, ended_at=None, ended_by="", outcome="", given_at=fact.at)
            return replace(opened, verification=None)
        case facts.VerificationAsked() | facts.ActionItemVerified() | facts.ActionItemNotVerified():
            return replace(item, verification=verification_after(item.verification, fact))
        case facts.ActionItemRehearsed():
            rehearsal = Rehearsal(
                at=fact.at,
                by=fact.by,
                drill=fact.drill,
                began_at=fact.began_at,
                noticed_at=fact.noticed_at,
                how=fact.how,
            )
            return replace(item, rehearsals=(*item.rehearsals, rehearsal))
        case facts.ActionItemSent() | facts.EntriesRewritten():
            return item
        case _:
            assert_never(fact)


def _ended(item: ActionItem, state: State, fact: facts.Fact, outcome: str) -> ActionItem:
    return replace(item, state=state, ended_at=fact.at, ended_by=fact.by, outcome=outcome)


def fold(history: Iterable[facts.Fact]) -> ActionItem:
    """The state after all facts.

    Raises:
        ValueError: there are none, or the history is broken.
    """
    item: ActionItem | None = None
    for fact in history:
        item = evolve(item, fact)
    if item is None:
        raise ValueError("a history has at least one fact")
    return item


ACTION_ITEM: Decider[ActionItem, facts.Fact] = Decider(
    subject=SUBJECT,
    shape=SHAPE,
    state=ActionItem,
    facts={kind.__name__: kind for kind in get_args(facts.Fact)},
    evolve=evolve,
    fold=fold,
    list_columns=lambda item: ListColumns(closed=not item.is_open, rank=item.priority, private=item.private),
    reference=reference,
    rewritten=facts.EntriesRewritten,
)
