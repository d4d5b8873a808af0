"""The timeline of an incident: its facts in the order in which they were recorded."""

from bot.core import decider
from bot.incident.domain import facts

Entry = decider.Entry[facts.Fact]


def in_order(entries: list[Entry]) -> list[Entry]:
    """The entries by the time at which things happened, then by the order in which they were recorded."""
    return sorted(entries, key=lambda entry: (entry.fact.at, entry.seq))
