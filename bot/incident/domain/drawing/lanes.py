"""Who held which role, from when until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.incident.domain import facts
from bot.incident.domain.drawing.spans import Span, Thinned, joined, thinned_spans
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.roles import title_of
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role

LANES_MAX = 14  # a role that several people hold at once has several


@dataclass(frozen=True, slots=True)
class Lane:
    """One row of a role: at most one person at a time.

    Attributes:
        role: its key.
        title: as it was called then.
        spans: the person's id, in order of time.
    """

    role: str
    title: str
    spans: Sequence[Span[str]]


def lanes(timeline: Sequence[Entry], end: datetime, limit: int) -> Thinned[Lane]:
    """The lanes of an incident, in the order of the roles; a role ends at `end`, or when the incident is closed.

    Args:
        timeline: the facts, in the order in which they were recorded.
        end: the last moment that is drawn (UTC).
        limit: how many spans a lane has at most.
    """
    titles = {
        entry.fact.role: title_of(entry.fact)
        for entry in timeline
        if isinstance(entry.fact, facts.RoleAssigned)
    }
    held = sorted(_held(timeline, end), key=lambda each: (Role.rank(each[0]), each[1].start))
    found: list[Lane] = []
    left_out = 0
    for role, spans in groupby(held, key=lambda each: each[0]):
        for row in _rows([span for _, span in spans]):
            drawn = thinned_spans(joined(row), limit)
            left_out += drawn.left_out
            found.append(Lane(role, titles.get(role, role), drawn.drawn))
    left_out += sum(len(lane.spans) for lane in found[LANES_MAX:])
    return Thinned(found[:LANES_MAX], left_out)


def _held(timeline: Sequence[Entry], end: datetime) -> Iterator[tuple[str, Span[str]]]:
    """Each role with each person who held it, for more than a moment."""
    since: dict[tuple[str, str], datetime] = {}
    incident: Incident | None = None
    for entry in timeline:
        if not _is_decisive(entry.fact):
            continue
        incident = evolve(incident, entry.fact)
        now = (
            set()
            if incident.is_closed
            else {(role, who) for role in incident.held for who in incident.roles[role]}
        )
        at = entry.fact.at
        for role, who in sorted(since.keys() - now):
            if (start := since.pop((role, who))) < at:
                yield role, Span(who, start, at)
        since |= dict.fromkeys(now - since.keys(), at)
    for (role, who), start in since.items():
        if start < end:
            yield role, Span(who, start, end)


def _is_decisive(fact: facts.Fact) -> bool:
    """Whether somebody may hold a role, or hold none, from then on."""
    if isinstance(fact, facts.StatusChanged):
        return fact.old.is_closed or fact.new.is_closed
    return isinstance(fact, facts.Declared | facts.RoleAssigned | facts.RolesEnded)


def _rows(spans: Sequence[Span[str]]) -> list[list[Span[str]]]:
    """The spans in rows without overlap."""
    rows: list[list[Span[str]]] = []
    for span in spans:
        free = next((row for row in rows if row[-1].end <= span.start), None)
        if free is None:
            rows.append([span])
        else:
            free.append(span)
    return rows
