"""The timeline of an incident: its facts in the order of recording."""

from bot.core import decider
from bot.incident.domain import facts

Entry = decider.Entry[facts.Fact]


def in_order(entries: list[Entry]) -> list[Entry]:
    """The timeline as people read it: by when things happened, then by when they were recorded."""
    return sorted(entries, key=lambda entry: (entry.fact.at, entry.seq))
