"""A subject, as the machinery takes it: all that is needed of it, in one record."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any

from bot.core.route import Hear, Route
from bot.engine.acts.acts import Acts
from bot.engine.clock.due import Dated
from bot.engine.delivery.outgoing import Outgoing
from bot.engine.delivery.registry import Registry
from bot.engine.store.database import Session
from bot.engine.store.streams import Streams

Chore = Callable[[datetime], Awaitable[None]]  # is told the time (UTC)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that Prometheus is shown.

    Attributes:
        name: as Prometheus has it.
        meaning: one sentence.
        label: by what it is split, such as `severity`.
        read: of a workspace, by value of the label; every value is there. What is over must cost nothing.
    """

    name: str
    meaning: str
    label: str
    read: Callable[[Session, str], Awaitable[Mapping[str, int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind:
    """What is known of a subject without a database, as for the command line.

    Attributes:
        registry: the kinds of its effects.
        streams: its histories.
        figures: that it shows to Prometheus.
        words: the package of its words; None where it has none.
        routes: at which it is called over HTTP.
    """

    registry: Registry
    streams: Streams[Any, Any]
    figures: Sequence[Figure]
    words: ModuleType | None
    routes: Sequence[Route]

    @property
    def name(self) -> str:
        """By which every row that is about it says so."""
        return self.registry.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One subject at work.

    Attributes:
        acts: carries out acts on its streams.
        outgoing: what delivery takes of it.
        dated: what the clock takes of it.
        chores: what else is done at each tick.
        hearing: answers what is heard at its routes, by their paths.
    """

    acts: Acts[Any, Any]
    outgoing: Outgoing
    dated: Dated
    chores: Sequence[Chore]
    hearing: Mapping[str, Hear]

    @property
    def name(self) -> str:
        """By which every row that is about it says so."""
        return self.outgoing.registry.subject
