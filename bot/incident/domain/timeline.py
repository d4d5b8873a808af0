"""The timeline of an incident: its facts in the order of recording."""

from dataclasses import dataclass

from bot.incident.domain import facts


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a timeline: the `seq`-th fact recorded (from 1, without gaps)."""

    seq: int
    fact: facts.Fact


def in_order(entries: list[Entry]) -> list[Entry]:
    """The timeline as people read it: by when things happened, then by when they were recorded."""
    return sorted(entries, key=lambda entry: (entry.fact.at, entry.seq))
