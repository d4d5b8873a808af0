"""How long people, words and links are kept, and what stands in their place afterwards."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from bot.core.actor import former, is_person
from bot.core.decider import Entry
from bot.core.rewriting import is_removed, removed_on


@dataclass(frozen=True, slots=True)
class Terms:
    """What the policy says about it.

    Attributes:
        redact_after: how long after the last entry of what is over its people, words and links are removed; None for never.
        keep: the names of what is kept all the same, such as `INC-12`.
    """

    redact_after: timedelta | None = None
    keep: tuple[str, ...] = ()


FOR_EVER = Terms()
_NONE: Mapping[str, Callable[[str], str]] = {}


@dataclass(frozen=True, slots=True)
class Redacted:
    """A timeline without people, words and links.

    Attributes:
        entries: those that changed, as they are to be.
        people: what each person is called instead, by their id.
    """

    entries: Sequence[Entry[Any]]
    people: dict[str, str]


def redacted(entries: Iterable[Entry[Any]], reference: str, today: date) -> Redacted:
    """The entries of a whole timeline without people, words and links. Times, kinds, numbers and services stay.

    Each kind of fact names the fields that hold them (`words`, `actors`, `links`); the names count in the documents within it,
    too. What a text says of the kind of a thing stays, if the fact says how to find it (`marks`).

    Each person is called by a number, in the order in which they appear, so that it still shows who of them did what. The
    numbers of two timelines have nothing to do with each other.

    Args:
        entries: the timeline, in the order of recording.
        reference: its name, such as `INC-12`.
        today: the day that is named in the place of words.
    """
    entries = list(entries)
    found = dict.fromkeys(person for entry in entries for person in _people(entry.fact, entry.fact.actors))
    people = {person: f"Person {number} ({reference})" for number, person in enumerate(found, 1)}
    after = [Entry(entry.seq, _Removal(entry.fact, people, today).of(entry.fact)) for entry in entries]
    changed = [new for new, old in zip(after, entries, strict=True) if new.fact != old.fact]
    return Redacted(changed, people)


def _people(document: Any, actors: Sequence[str]) -> Iterator[str]:
    for each in fields(document):
        value = getattr(document, each.name)
        for part in value if isinstance(value, tuple) else (value,):
            if is_dataclass(part):
                yield from _people(part, actors)
            elif each.name in actors and part and is_person(part):
                yield part


@dataclass(frozen=True, slots=True)
class _Removal:
    """Removes what a fact names.

    Attributes:
        names: the fact, which names the fields.
        people: what each person is called instead.
        today: the day that is named in the place of words.
    """

    names: Any
    people: Mapping[str, str]
    today: date

    def of(self, document: Any) -> Any:
        """The fact, or a document within it, without what is removed."""
        changed = {
            each.name: self._field(each.name, getattr(document, each.name)) for each in fields(document)
        }
        return replace(document, **changed)

    def _field(self, name: str, value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(self._field(name, each) for each in value)
        if is_dataclass(value):
            return self.of(value)
        if not isinstance(value, str) or not value:
            return value
        if name in self.names.words:
            return self._said(name, value)
        if name in self.names.links:
            return ""
        is_known = name in self.names.actors and value in self.people
        return former(self.people[value]) if is_known else value

    def _said(self, name: str, said: str) -> str:
        marked = getattr(self.names, "marks", _NONE).get(name)
        mark = marked(said) if marked else ""
        return said if is_removed(said.removeprefix(mark)) else mark + removed_on(self.today)
