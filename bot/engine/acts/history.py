"""What the machinery needs from a subject with a history in order to carry out acts."""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import Decider, Entry, F, S
from bot.engine.store.kinds import Kinds
from bot.engine.store.streams import Stored


@dataclass(frozen=True)  # without slots, like Entry
class Change(Generic[S, F]):
    """What an act has changed in a stream.

    Attributes:
        before: the state before; None if the act has begun the stream.
        entries: the new facts.
        known_people: the known people among those whom the facts name.
        now: the time of the change (UTC).
    """

    before: Stored[S] | None
    after: Stored[S]
    entries: Sequence[Entry[F]]
    known_people: Collection[str]
    now: datetime


def as_decided(fact: Any) -> Any:
    """The fact, unchanged."""
    return fact


def nothing_more(_state: Any, _decided: Sequence[Any]) -> Sequence[Any]:
    """No facts: the installation adds none."""
    return ()


@dataclass(frozen=True)  # without slots, like Entry
class History(Generic[S, F]):
    """How the streams of a subject are written.

    Attributes:
        decider: the rules of the subject.
        kinds: the kinds of its effects.
        react: returns the effects that these facts call for, given the state after them.
        next_look: returns when the clock must next look at a stream (UTC); None if nothing will be due.
        people_in: returns all people whom these facts name, each once.
        project: writes, in the transaction of the change, what the subject stores beside its streams, and returns the
            effects that follow from it.
        as_recorded: returns a fact as it is recorded, with what the installation adds to what the rule decided.
        added: returns the facts that the installation adds to those of an act, given the state before them (None if
            the act begins the stream).
    """

    decider: Decider[S, F]
    kinds: Kinds
    react: Callable[[Sequence[Entry[F]], S], Sequence[Any]]
    next_look: Callable[[S, datetime], datetime | None]
    people_in: Callable[[Sequence[Entry[F]]], Sequence[str]]
    project: Callable[[AsyncSession, Change[S, F]], Awaitable[Sequence[Any]]]
    as_recorded: Callable[[F], F] = as_decided
    added: Callable[[S | None, Sequence[F]], Sequence[F]] = nothing_more

    def apply(self, state: S | None, decided: Iterable[F]) -> tuple[S, list[Entry[F]]]:
        """The state after these facts as they are recorded, and their entries in the timeline."""
        decided = list(decided)
        return self.decider.apply(state, map(self.as_recorded, [*decided, *self.added(state, decided)]))
