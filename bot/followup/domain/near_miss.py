"""The state of a near miss, and how each fact changes it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never, get_args

from bot.core.decider import Decider, ListColumns
from bot.followup.domain import near_miss_facts as facts

SHAPE = 1  # of the stored state: change the number if a field is added, removed, or changes its meaning
SUBJECT = "near miss"


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """The present state of one near miss. All times are in UTC.

    Attributes:
        version: the number of facts that led to it.
        title: what happened.
        summary: what caught it; empty if nobody said.
        reported_by: the id of the person who reported it; empty if they did not give their name.
        due_at: by when it is to be answered; None if that is not known.
        similar: the numbers of earlier ones with similar words.
        changed_at: when its reporter changed it last; None if they never did.
        answer: what is done about it; empty if nobody has answered.
        answered_by: who has answered last; empty if nobody has.
        first_answered_at: when it was answered first, by which it is decided whether that was late; None if nobody has.
        promoted_to: the number of the incident that it became; None if it became none.
        withdrawn_at: when it was taken back; None if it counts.
    """

    version: int
    number: int
    title: str
    summary: str
    reported_by: str
    reported_at: datetime
    due_at: datetime | None = None
    similar: tuple[int, ...] = ()
    changed_at: datetime | None = None
    answer: str = ""
    answered_by: str = ""
    first_answered_at: datetime | None = None
    promoted_to: int | None = None
    promoted_by: str = ""
    promoted_at: datetime | None = None
    withdrawn_at: datetime | None = None
    withdrawn_by: str = ""

    @property
    def reference(self) -> str:
        """Its name for people: `NM-3`."""
        return reference(self.number)

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was taken back."""
        return self.withdrawn_at is not None

    @property
    def waits(self) -> bool:
        """Whether it waits for an answer: it has none, became no incident and was not taken back."""
        return not self.answer and self.promoted_to is None and not self.is_withdrawn

    @property
    def settled_at(self) -> datetime | None:
        """When it was answered, or became an incident, whichever came first; None if neither has happened."""
        return min((each for each in (self.first_answered_at, self.promoted_at) if each), default=None)

    def is_late(self, now: datetime) -> bool:
        """Whether it is unanswered after its day, or was answered after it."""
        if self.due_at is None or self.is_withdrawn:
            return False
        return (self.settled_at or now) > self.due_at


def reference(number: int) -> str:
    """A near miss's name for people: `NM-3`."""
    return f"NM-{number}"


def evolve(item: NearMiss | None, fact: facts.Fact) -> NearMiss:
    """The state after a fact.

    Raises:
        ValueError: the first fact is not that it was reported, or a later one is.
    """
    if item is None and isinstance(fact, facts.NearMissReported):
        return NearMiss(
            version=1,
            number=fact.number,
            title=fact.title,
            summary=fact.summary,
            reported_by=fact.by,
            reported_at=fact.at,
            due_at=fact.due_at,
            similar=fact.similar,
        )
    if item is None or isinstance(fact, facts.NearMissReported):
        raise ValueError("a history begins with NearMissReported, and has it once")
    return replace(_changed(item, fact), version=item.version + 1)


def _changed(item: NearMiss, fact: facts.Change) -> NearMiss:
    match fact:
        case facts.NearMissChanged():
            return replace(item, title=fact.title, summary=fact.summary, changed_at=fact.at)
        case facts.NearMissAnswered():
            first = item.first_answered_at or fact.at
            return replace(item, answer=fact.answer, answered_by=fact.by, first_answered_at=first)
        case facts.NearMissPromoted():
            return replace(item, promoted_to=fact.incident, promoted_by=fact.by, promoted_at=fact.at)
        case facts.NearMissWithdrawn():
            return replace(item, withdrawn_at=fact.at, withdrawn_by=fact.by)
        case facts.NearMissRestored():
            return replace(item, withdrawn_at=None, withdrawn_by="")
        case facts.EntriesRewritten():
            return item
        case _:
            assert_never(fact)


def fold(history: Iterable[facts.Fact]) -> NearMiss:
    """The state after all facts.

    Raises:
        ValueError: there are none, or the history is broken.
    """
    item: NearMiss | None = None
    for fact in history:
        item = evolve(item, fact)
    if item is None:
        raise ValueError("a history has at least one fact")
    return item


# What was taken back is private: no list and no search shows it, except to whoever may bring it back.
NEAR_MISS: Decider[NearMiss, facts.Fact] = Decider(
    subject=SUBJECT,
    shape=SHAPE,
    state=NearMiss,
    facts={kind.__name__: kind for kind in get_args(facts.Fact)},
    evolve=evolve,
    fold=fold,
    list_columns=lambda item: ListColumns(closed=not item.waits, rank=1, private=item.is_withdrawn),
    reference=reference,
    rewritten=facts.EntriesRewritten,
)
