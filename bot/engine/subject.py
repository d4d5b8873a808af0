"""A subject, as one record of all that the machinery needs from it."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import ModuleType
from typing import Any

from bot.core.route import HttpHandler, Route
from bot.core.templates import Templates
from bot.engine.acts.acts import Acts
from bot.engine.clock.due import DueSource
from bot.engine.clock.ticking import Chore
from bot.engine.delivery.effect_source import EffectSource
from bot.engine.delivery.registry import Registry
from bot.engine.store.database import Session
from bot.engine.store.streams import Streams


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric for Prometheus.

    Attributes:
        name: its name in Prometheus.
        meaning: one sentence.
        label: what it is split by, such as `severity`.
        read: reads it for a workspace at a time (UTC): each value of the label, with its count. Closed streams must cost
            nothing.
    """

    name: str
    meaning: str
    label: str
    read: Callable[[Session, str, datetime], Awaitable[Mapping[str, int]]]


def try_none(_templates: Templates, _policy: object) -> None:
    """Nothing: the subject has no templates."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubjectKind:
    """What is known of a subject without a database, for example for the command line.

    Attributes:
        registry: the kinds of its effects, each with its handler.
        streams: its streams.
        figures: its metrics.
        commands: the package of its commands; None if it has none.
        routes: the addresses at which it is called over HTTP.
        try_templates: renders each of its templates with made-up values, as it does at work, under a policy.
    """

    registry: Registry
    streams: Streams[Any, Any]
    figures: Sequence[Figure]
    commands: ModuleType | None
    routes: Sequence[Route]
    try_templates: Callable[[Templates, Any], None] = try_none

    @property
    def name(self) -> str:
        """The name that is stored in every row about it."""
        return self.registry.subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One subject at work.

    Attributes:
        acts: carries out acts on its streams.
        effect_source: what delivery needs from it.
        due_source: what the clock needs from it.
        chores: what else to do at each tick.
        http_handlers: answers the requests at its routes, by their paths.
    """

    acts: Acts[Any, Any]
    effect_source: EffectSource
    due_source: DueSource
    chores: Sequence[Chore]
    http_handlers: Mapping[str, HttpHandler]

    @property
    def name(self) -> str:
        """The name that is stored in every row about it."""
        return self.effect_source.registry.subject
