"""How long people, words and links are kept, and what stands in their place afterwards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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

    Each person is called by a number, in the order in which they appear, so that it still shows who of them did what. The
    numbers of two timelines have nothing to do with each other.

    Args:
        entries: the timeline, in the order of recording.
        reference: its name, such as `INC-12`.
        today: the day that is named in the place of words.
    """
    entries = list(entries)
    found = dict.fromkeys(person for entry in entries for person in _people(entry.fact))
    people = {person: f"Person {number} ({reference})" for number, person in enumerate(found, 1)}
    after = [Entry(entry.seq, _fact(entry.fact, people, removed_on(today))) for entry in entries]
    changed = [new for new, old in zip(after, entries, strict=True) if new.fact != old.fact]
    return Redacted(changed, people)


def _people(fact: Any) -> Iterable[str]:
    for name in fact.actors:
        value = getattr(fact, name)
        for each in value if isinstance(value, tuple) else (value,):
            if each and is_person(each):
                yield each


def _fact(fact: Any, people: dict[str, str], removed: str) -> Any:
    changed: dict[str, Any] = {
        name: removed for name in fact.words if (said := getattr(fact, name)) and not is_removed(said)
    }
    changed |= dict.fromkeys((name for name in fact.links if getattr(fact, name)), "")
    for name in fact.actors:
        value = getattr(fact, name)
        changed[name] = (
            tuple(_actor(each, people) for each in value)
            if isinstance(value, tuple)
            else value and _actor(value, people)
        )
    return replace(fact, **changed)


def _actor(actor: str, people: dict[str, str]) -> str:
    return former(people[actor]) if actor in people else actor
