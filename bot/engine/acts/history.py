"""What carrying out acts takes of a subject with a history."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.decider import Decider, Entry, F, S
from bot.engine.store.kinds import Kinds
from bot.engine.store.streams import Stored


@dataclass(frozen=True)  # without slots, as Entry
class Change(Generic[S, F]):
    """What an act has done to a stream.

    Attributes:
        before: None where the act has begun the stream.
        entries: the new facts.
        met: those of the people named in them who are known.
        now: when (UTC).
    """

    before: Stored[S] | None
    after: Stored[S]
    entries: Sequence[Entry[F]]
    met: Collection[str]
    now: datetime


@dataclass(frozen=True)  # without slots, as Entry
class History(Generic[S, F]):
    """How a subject's streams are written.

    Attributes:
        decider: its rules.
        kinds: of its effects.
        react: the effects that these facts call for, given the state after them.
        next_look: when the clock is to look at a stream next (UTC); None where nothing will be due.
        named: everybody whom these facts name, each once.
        follow: writes, in the transaction of the change, what the subject keeps beside its streams; the effects that
            come of it.
    """

    decider: Decider[S, F]
    kinds: Kinds
    react: Callable[[Sequence[Entry[F]], S], Sequence[Any]]
    next_look: Callable[[S, datetime], datetime | None]
    named: Callable[[Sequence[Entry[F]]], Sequence[str]]
    follow: Callable[[AsyncSession, Change[S, F]], Awaitable[Sequence[Any]]]
