"""What the drawing of an incident shows, from its draft: struck entries are not in it, and corrections are applied."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.incident.domain import facts
from bot.incident.domain.drawing.lanes import Lane, lanes
from bot.incident.domain.drawing.spans import Span, Thinned, joined, thinned, thinned_spans
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem import Draft, severity_spans
from bot.incident.domain.promises import UpdatePromise
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Milestone, Severity, Status

SPANS_MAX = 80  # in one lane; more cannot be told apart on a page
PROMISES_MAX = 100
NOTES_MAX = 100


@dataclass(frozen=True, slots=True)
class Contents:
    """What is drawn. All times are in UTC, and what lasts ends before its end.

    Attributes:
        start: the first moment that is drawn: the start of impact, the declaration or an earlier note.
        end: the last one; of an open incident, the time of the draft.
        is_open: whether it goes on after `end`.
        severities: while it was open.
        statuses: from the declaration to the end.
        lanes: who held which role.
        milestones: the known ones, in order of time.
        promises: updates that were due, and what became of each.
        promised: how many there were in all.
        kept: how many of all came in time.
        missed: how many of all did not come.
        notes: notes and decisions. Each has the reference of the duplicate that it comes from; empty for its own.
        left_out: how many entries and periods are not drawn, because there are too many to tell apart.
    """

    incident: Incident
    start: datetime
    end: datetime
    is_open: bool
    severities: Sequence[Span[Severity]]
    statuses: Sequence[Span[Status]]
    lanes: Sequence[Lane]
    milestones: Sequence[tuple[Milestone, datetime]]
    promises: Sequence[UpdatePromise]
    promised: int
    kept: int
    missed: int
    notes: Sequence[tuple[str, Entry]]
    left_out: int

    @property
    def moments(self) -> list[datetime]:
        """Every moment at which something is drawn, in order."""
        found = {self.start, self.end, *(at for _, at in self.milestones)}
        found |= {entry.fact.at for _, entry in self.notes}
        found |= {each.answered_at or each.due_at for each in self.promises}
        found |= _edges(self.severities) | _edges(self.statuses)
        found |= {moment for lane in self.lanes for moment in _edges(lane.spans)}
        return sorted(each for each in found if self.start <= each <= self.end)


def contents(draft: Draft) -> Contents:
    """What is drawn of this draft."""
    incident = draft.incident
    recorded = sorted(draft.timeline, key=lambda entry: entry.seq)
    notes = [each for each in draft.merged_timeline if _is_noted(each[1].fact)]
    end = draft.drafted_at if not incident.is_closed else _end(draft, notes)
    severities = thinned_spans(
        joined(Span(what, since, until) for what, since, until in severity_spans(recorded, end)),
        SPANS_MAX,
        lambda held: min(span.what for span in held),  # the worst
    )
    statuses = thinned_spans(joined(_statuses(recorded, end)), SPANS_MAX)
    held = lanes(recorded, end, SPANS_MAX)
    promises = thinned(draft.updates.promises, PROMISES_MAX)
    drawn = _thinned_notes(notes)
    return Contents(
        incident=incident,
        start=min([incident.declared_at, *(at for _, at in draft.milestones), *(_times(notes))]),
        end=end,
        is_open=not incident.is_closed,
        severities=severities.drawn,
        statuses=statuses.drawn,
        lanes=held.drawn,
        milestones=draft.milestones,
        promises=promises.drawn,
        promised=len(draft.updates.promises),
        kept=draft.updates.kept,
        missed=sum(each.answered_at is None for each in draft.updates.promises),
        notes=drawn.drawn,
        left_out=sum(each.left_out for each in (severities, statuses, held, promises, drawn)),
    )


def _edges(spans: Sequence[Span[Any]]) -> set[datetime]:
    return {moment for span in spans for moment in (span.start, span.end)}


def _is_noted(fact: facts.Fact) -> bool:
    return isinstance(fact, facts.Noted | facts.Decided | facts.Objected)


def _times(notes: Sequence[tuple[str, Entry]]) -> Iterator[datetime]:
    return (entry.fact.at for _, entry in notes)


def _end(draft: Draft, notes: Sequence[tuple[str, Entry]]) -> datetime:
    """The last thing that is drawn of a closed incident."""
    changes = (
        entry.fact.at
        for entry in draft.timeline
        if isinstance(entry.fact, facts.Declared | facts.StatusChanged | facts.UpdatePosted)
    )
    return max([*changes, *_times(notes), *(at for _, at in draft.milestones)])


def _statuses(timeline: Sequence[Entry], end: datetime) -> Iterator[Span[Status]]:
    status, since = Status.TRIAGE, end
    for entry in timeline:
        if isinstance(entry.fact, facts.Declared | facts.StatusChanged):
            yield Span(status, min(since, entry.fact.at), entry.fact.at)
            since = entry.fact.at
            status = Status.TRIAGE if isinstance(entry.fact, facts.Declared) else entry.fact.new
    yield Span(status, since, end)


def _thinned_notes(notes: Sequence[tuple[str, Entry]]) -> Thinned[tuple[str, Entry]]:
    """Decisions before notes."""
    if len(notes) <= NOTES_MAX:
        return Thinned(notes)
    decisions = thinned([each for each in notes if not isinstance(each[1].fact, facts.Noted)], NOTES_MAX // 2)
    others = [each for each in notes if isinstance(each[1].fact, facts.Noted)]
    drawn = [*decisions.drawn, *thinned(others, NOTES_MAX - len(decisions.drawn)).drawn]
    drawn.sort(key=lambda each: (each[1].fact.at, each[0], each[1].seq))
    return Thinned(drawn, len(notes) - len(drawn))
