"""Periods in which something held: a severity, a status, a role."""

from collections.abc import Callable, Iterable, Sequence
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


def thinned_spans(
    spans: Sequence[Span[T]], limit: int, choose: Callable[[Sequence[Span[T]]], T] | None = None
) -> Thinned[Span[T]]:
    """At most `limit` spans. Of too many, equal parts of the time have one each, without a new hole.

    Args:
        spans: in order; none overlaps another.
        limit: how many there may be.
        choose: what counts in a part in which several things held; without it, what held longest.
    """
    if len(spans) <= limit:
        return Thinned(spans)
    start = spans[0].start
    part = (spans[-1].end - start) / limit
    parts: dict[int, list[Span[T]]] = {}
    for span in spans:
        for number in range(int((span.start - start) / part), limit):
            begins, ends = start + number * part, start + (number + 1) * part
            if begins >= span.end:
                break
            cut = replace(span, start=max(span.start, begins), end=min(span.end, ends))
            parts.setdefault(number, []).append(cut)
    one = choose or _longest
    drawn = joined(Span(one(held), held[0].start, held[-1].end) for held in parts.values())
    return Thinned(drawn, len(spans) - len(drawn))


def _longest(spans: Sequence[Span[T]]) -> T:
    return max(spans, key=lambda span: span.lasted).what


def thinned(items: Sequence[T], limit: int) -> Thinned[T]:
    """At most `limit` of the items, evenly spread; the first and the last are among them."""
    if len(items) <= limit:
        return Thinned(items)
    step = (len(items) - 1) / (limit - 1)
    return Thinned([items[round(each * step)] for each in range(limit)], len(items) - limit)
