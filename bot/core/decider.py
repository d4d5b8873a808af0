"""The interface between the machinery and a subject with a history: one record of its types and pure functions.

The machinery stores histories without knowing what they are about. A subject defines its facts, the state that they
lead to, and the parts of the state that queries use.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class Fact(Protocol):
    """Something that happened.

    Attributes:
        at: when it happened (UTC).
        by: the id of the person or the machine that did it (`bot.core.actor`).
    """

    @property
    def at(self) -> datetime: ...  # noqa: D102  # see above
    @property
    def by(self) -> str: ...  # noqa: D102


class State(Protocol):
    """The state that the facts lead to.

    Attributes:
        number: its number, counted within the workspace and the subject.
        version: how many facts there are.
    """

    @property
    def number(self) -> int: ...  # noqa: D102  # see above
    @property
    def version(self) -> int: ...  # noqa: D102


S = TypeVar("S", bound=State)
F = TypeVar("F", bound=Fact)


@dataclass(
    frozen=True
)  # with slots, `Entry[...]` could not be called: a frozen class refuses `__orig_class__` wrongly
class Entry(Generic[F]):
    """One line of a timeline: the `seq`-th fact recorded (from 1, without gaps)."""

    seq: int
    fact: F


@dataclass(frozen=True, slots=True)
class ListColumns:
    """What lists need to know.

    Attributes:
        closed: whether it is over, so that no list shows it.
        rank: lists are sorted by it, the lowest first.
        private: whether only its own people may see it.
    """

    closed: bool
    rank: int
    private: bool


@dataclass(frozen=True, slots=True)
class Decider(Generic[S, F]):
    """The record of one subject.

    Attributes:
        subject: its name, stored in every row that is about it.
        shape: the number of its state's format. It changes if a field is added, removed, or changes its meaning.
        state: the type of its state.
        facts: the types of its facts, by the kind that is stored: renaming one needs a migration.
        evolve: the state after a fact; the state before the first fact is None.
        fold: the state after all facts; raises ValueError if there are none, or if the history is broken.
        list_columns: what lists need to know about a state.
        reference: the name of a stream with this number.
        rewritten: makes the fact that entries were rewritten, from `at`, `by`, `why`, `entries` and `count`; None if there is
            no such fact. See `bot.core.rewriting`.
        ages_from_start: whether it is what it is from its first fact on, so that its age counts from that one and not from
            the last one.
    """

    subject: str
    shape: int
    state: type[S]
    facts: Mapping[str, type[F]]
    evolve: Callable[[S | None, F], S]
    fold: Callable[[Iterable[F]], S]
    list_columns: Callable[[S], ListColumns]
    reference: Callable[[int], str]
    rewritten: Callable[..., F] | None = None
    ages_from_start: bool = False

    def apply(self, state: S | None, happened: Iterable[F]) -> tuple[S, list[Entry[F]]]:
        """The state after these facts, and their entries in the timeline.

        Raises:
            ValueError: there are no facts and no state.
        """
        entries: list[Entry[F]] = []
        for fact in happened:
            state = self.evolve(state, fact)
            entries.append(Entry(state.version, fact))
        if state is None:
            raise ValueError("a rule returned neither facts nor a refusal")
        return state, entries
