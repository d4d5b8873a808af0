"""A subject with a history, as the machinery knows it: its types and its pure functions, gathered in one record.

The machinery keeps histories without knowing what they are about. A subject says what its facts are, what state they lead
to, and what of that state queries look for.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, Protocol, TypeVar


class Fact(Protocol):
    """Something that happened.

    Attributes:
        at: when (UTC).
        by: who did it: a person's id, or a machine's (`bot.core.actor`).
    """

    @property
    def at(self) -> datetime: ...  # noqa: D102  # see above
    @property
    def by(self) -> str: ...  # noqa: D102


class State(Protocol):
    """How the facts have left it.

    Attributes:
        number: counts up within the workspace and the subject.
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
class Listed:
    """What lists go by.

    Attributes:
        closed: whether it is over, so that no list shows it.
        rank: by which lists are sorted; the lowest is the first.
        private: whether only its own people may see it.
    """

    closed: bool
    rank: int
    private: bool


@dataclass(frozen=True, slots=True)
class Decider(Generic[S, F]):
    """The record of one subject.

    Attributes:
        subject: its name, in every row that is about it.
        shape: the number of its state's format: another one where a field comes, goes, or changes its meaning.
        state: the type of its state.
        facts: the types of its facts, by the kind that is stored: renaming one takes a migration.
        evolve: the state after a fact; None before the first.
        fold: the state after all of them; raises ValueError where there are none, or the history is broken.
        listed: what lists go by, of a state.
        reference: how people name one, by its number.
    """

    subject: str
    shape: int
    state: type[S]
    facts: Mapping[str, type[F]]
    evolve: Callable[[S | None, F], S]
    fold: Callable[[Iterable[F]], S]
    listed: Callable[[S], Listed]
    reference: Callable[[int], str]

    def apply(self, state: S | None, happened: Iterable[F]) -> tuple[S, list[Entry[F]]]:
        """The state after these facts, and their entries in the timeline.

        Raises:
            ValueError: there are none, and there is no state.
        """
        entries: list[Entry[F]] = []
        for fact in happened:
            state = self.evolve(state, fact)
            entries.append(Entry(state.version, fact))
        if state is None:
            raise ValueError("a rule answered with no facts and no refusal")
        return state, entries
