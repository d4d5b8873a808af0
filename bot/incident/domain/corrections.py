"""The timeline as it counts now: corrections are applied, and what was struck is left out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from bot.incident.domain import facts
from bot.incident.domain.timeline import Entry, in_order

REMOVED = "(words removed)"  # instead of the words of a secret
_NAMING = (facts.Declared, facts.Renamed)

F = TypeVar("F", bound=facts.BaseFact)


@dataclass(frozen=True, slots=True)
class Shown:
    """One entry of the timeline, as it counts now.

    Attributes:
        entry: with its present time and words.
        recorded: as it was recorded. Only the words of a secret are not kept.
        history: the facts that corrected it, struck it or put it back, in the order in which they were recorded.
        struck: the fact by which it does not count any more; None if it counts.
        is_redacted: whether its words were removed for good.
    """

    entry: Entry
    recorded: Entry
    history: Sequence[Entry] = ()
    struck: facts.EntryStruck | None = None
    is_redacted: bool = False

    @property
    def number(self) -> int:
        """The number by which people name it."""
        return self.entry.seq

    @property
    def is_note(self) -> bool:
        """Whether it is a note: only notes can be corrected and struck."""
        return isinstance(self.entry.fact, facts.Noted)

    @property
    def text(self) -> str:
        """The text of a note; empty if it is none."""
        return self.entry.fact.text if isinstance(self.entry.fact, facts.Noted) else ""

    @property
    def at(self) -> datetime:
        """When it happened (UTC)."""
        return self.entry.fact.at

    @property
    def corrected(self) -> facts.EntryCorrected | None:
        """The last correction; None if it says what was recorded."""
        found = [each.fact for each in self.history if isinstance(each.fact, facts.EntryCorrected)]
        return found[-1] if found else None


def timeline(entries: Iterable[Entry]) -> list[Shown]:
    """Every entry with what became of it, in the order in which things happened; those that were struck, too."""
    history: dict[int, list[Entry]] = {}
    recorded: dict[int, Entry] = {}
    for each in sorted(entries, key=lambda entry: entry.seq):
        if isinstance(each.fact, facts.EntryFact):
            history.setdefault(each.fact.entry, []).append(each)
        else:
            recorded[each.seq] = each
    found = {seq: _shown(entry, history.get(seq, ())) for seq, entry in recorded.items()}
    return [found[entry.seq] for entry in in_order([each.entry for each in found.values()])]


def shown(entries: Iterable[Entry]) -> list[Shown]:
    """The entries that count, in the order in which things happened."""
    return [each for each in timeline(entries) if each.struck is None]


def struck(entries: Iterable[Entry]) -> list[Shown]:
    """The entries that were struck, in the order in which things happened."""
    return [each for each in timeline(entries) if each.struck is not None]


def find(entries: Iterable[Entry], number: int) -> Shown | None:
    """The entry of this number; None if there is none."""
    return next((each for each in timeline(entries) if each.number == number), None)


def captured(entries: Iterable[Entry], channel: str, ts: str) -> Shown | None:
    """The note that a message of Slack was put on the timeline as; None if there is none."""
    for each in timeline(entries):
        fact = each.recorded.fact
        if isinstance(fact, facts.Noted) and (fact.channel, fact.ts) == (channel, ts):
            return each
    return None


def redacted(fact: F, words: Collection[str] | None = None) -> F:
    """The same fact without the words that somebody typed; or, with `words`, without the fields that say one of these."""
    without: dict[str, Any] = {
        name: REMOVED
        for name in fact.words
        if (said := getattr(fact, name)) and (words is None or said in words)
    }
    return replace(fact, **without)


def redactions(entries: Sequence[Entry], number: int) -> list[Entry]:
    """The facts that hold words of this entry, without them. The present title stays: `rename` gives another one first."""
    about = next((each.fact for each in entries if each.seq == number), None)
    if not isinstance(about, _NAMING):
        return [Entry(each.seq, redacted(each.fact)) for each in with_words_of(entries, number)]
    words = former_words(about, title_of(entries))
    return [
        Entry(each.seq, redacted(each.fact, words if isinstance(each.fact, _NAMING) else None))
        for each in with_words_of(entries, number)
    ]


def title_of(entries: Sequence[Entry]) -> str:
    """The present title."""
    named = [each.fact.title for each in entries if isinstance(each.fact, _NAMING)]
    return named[-1] if named else ""


def former_words(fact: facts.Declared | facts.Renamed, title: str) -> set[str]:
    """The words of a declaration or a new title that can be removed while the incident has this title."""
    return {getattr(fact, name) for name in fact.words} - {"", title}


def with_words_of(entries: Sequence[Entry], number: int) -> list[Entry]:
    """The facts that hold words of this entry.

    They are the entry itself, what was said when it was corrected or struck, and, for a title, a parked thought or a
    task, what became of it, because those facts repeat its text.
    """
    about = next((_subject(each.fact) for each in entries if each.seq == number), None)
    return [
        each
        for each in entries
        if each.seq == number
        or (isinstance(each.fact, facts.EntryFact) and each.fact.entry == number)
        or (about is not None and _subject(each.fact) == about)
    ]


def _subject(fact: facts.Fact) -> tuple[str, int] | None:
    """The title, the parked thought or the task whose text a fact repeats."""
    match fact:
        case facts.Declared() | facts.Renamed():
            return "name", 0
        case facts.Parked() | facts.Unparked() | facts.Reparked():
            return "parked", fact.number
        case (
            facts.TaskAdded()
            | facts.TaskAssigned()
            | facts.TaskDone()
            | facts.TaskReopened()
            | facts.TaskDropped()
        ):
            return "task", fact.number
        case _:
            return None


def _shown(recorded: Entry, history: Sequence[Entry]) -> Shown:
    if not history:  # as of most entries
        return Shown(recorded, recorded)
    fact, taken_out, is_redacted = recorded.fact, None, False
    is_note = isinstance(fact, facts.Noted)
    for each in history:
        match each.fact:
            case facts.EntryCorrected():
                fact = _corrected(fact, each.fact)
            case facts.EntryStruck():
                taken_out = each.fact if is_note else None
                is_redacted = is_redacted or each.fact.secret
            case _:
                taken_out = None
    return Shown(Entry(recorded.seq, fact), recorded, history, taken_out, is_redacted)


def _corrected(fact: facts.Fact, correction: facts.EntryCorrected) -> facts.Fact:
    if not isinstance(fact, facts.Noted):
        return fact
    return replace(fact, text=correction.text or fact.text, at=correction.when or fact.at)
