"""When the head of the war room changes: its bookmarks and its canvas. Nobody is notified of either."""

from collections.abc import Sequence

from bot.incident.domain import facts
from bot.incident.domain.effects import Effect, SetBookmarks, ShowCanvas
from bot.incident.domain.policy import Policy
from bot.incident.domain.timeline import Entry


def head_of_room(entries: Sequence[Entry], policy: Policy) -> tuple[Effect, ...]:
    """What these facts of one act change at the head of the war room. The canvas has the timeline: every fact does."""
    bookmarks = (SetBookmarks(),) if any(_changes_bookmarks(entry.fact) for entry in entries) else ()
    return (*bookmarks, *((ShowCanvas(),) if policy.canvas else ()))


def _changes_bookmarks(fact: facts.Fact) -> bool:
    match fact:
        case facts.Declared() | facts.BridgeSet() | facts.BridgeRemoved():
            return True
        case facts.StatusChanged():
            return fact.old.is_closed is not fact.new.is_closed
        case facts.EntryStruck():
            return fact.secret
        case _:
            return False
