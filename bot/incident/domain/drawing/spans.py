"""Periods in which something held: a severity, a status, a role."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Span(Generic[T]):
    """`what` held from `start` until `end`, which is not part of it (UTC)."""

    what: T
    start: datetime
    end: datetime

    @property
    def lasted(self) -> timedelta:
        """How long."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Thinned(Generic[T]):
    """What is drawn of many.

    Attributes:
        drawn: in their order.
        left_out: how many others there are.
    """

    drawn: Sequence[T]
    left_out: int = 0


def joined(spans: Iterable[Span[T]]) -> list[Span[T]]:
    """The spans that last, in order; those that follow one another with the same meaning as one."""
    found: list[Span[T]] = []
    for span in spans:
        if found and found[-1].what == span.what and found[-1].end == span.start:
            found[-1] = replace(found[-1], end=span.end)
        elif span.lasted:
            found.append(span)
    return found


def thinned_spans(spans: Sequence[Span[T]], limit: int) -> Thinned[Span[T]]:
    """At most `limit` spans that follow one another: the shortest are joined to the one before, so that no hole is made."""
    shortest, drawn = timedelta(seconds=1), list(spans)
    while len(drawn) > limit:
        drawn, shortest = _without_short(drawn, shortest), shortest * 2
    return Thinned(drawn, len(spans) - len(drawn))


def _without_short(spans: Sequence[Span[T]], shortest: timedelta) -> list[Span[T]]:
    kept: list[Span[T]] = []
    for span in spans:
        if not kept or span.lasted >= shortest:
            kept.append(span)
        elif span.start == kept[-1].end:
            kept[-1] = replace(kept[-1], end=span.end)
    return joined(kept)


def thinned(items: Sequence[T], limit: int) -> Thinned[T]:
    """At most `limit` of the items, evenly spread; the first and the last are among them."""
    if len(items) <= limit:
        return Thinned(items)
    step = (len(items) - 1) / (limit - 1)
    return Thinned([items[round(each * step)] for each in range(limit)], len(items) - limit)
