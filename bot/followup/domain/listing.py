"""Which action items a list shows, as people ask for it: `mine`, `overdue`, `done`, `INC-12`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.tracking import TrackedIssue, TrackerPolicy

_OF_INCIDENT = re.compile(r"<?inc[- ]?(?P<number>\d{1,9})>?:?", re.IGNORECASE)


class Which(StrEnum):
    """Which action items."""

    ALL = "all"
    MINE = "mine"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Listing:
    """What somebody wants to see.

    Attributes:
        which: all that are open; the person's own; those that are overdue; or those that are over.
        incident: only those of the incident with this number; None for all.
        page: counted from 0.
    """

    which: Which = Which.ALL
    incident: int | None = None
    page: int = 0

    @property
    def asked(self) -> str:
        """What to type after `actions` for it."""
        of = [f"INC-{self.incident}"] if self.incident is not None else []
        which = [] if self.which is Which.ALL and of else [str(self.which)]
        return " ".join([*which, *of])


@dataclass(frozen=True, slots=True)
class ListedItem:
    """An action item in a list.

    Attributes:
        owner_name: the name of its owner; empty if it is not known.
        has_owner: whether the owner still has an account, and may see the incident.
        owner_zone: the IANA name of the owner's time zone; empty if it is not known.
        issue: its issue in a tracker; None if it has none.
        tracker: what the team has decided about issues, for lists and buttons that offer one.
    """

    item: ActionItem
    owner_name: str = ""
    has_owner: bool = True
    owner_zone: str = ""
    issue: TrackedIssue | None = None
    tracker: TrackerPolicy = field(default_factory=TrackerPolicy)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list.

    Attributes:
        total: how many there are in all.
        today: the reader's own day, from which on something is overdue.
        wanted: what was asked for.
    """

    items: Sequence[ListedItem]
    total: int
    today: date
    wanted: Listing = Listing()


def parse_listing(text: str, page: int = 0) -> Listing | None:
    """What was typed after `actions`, in any order; None if a word is not understood."""
    which, incident = Which.ALL, None
    for typed in text.split():
        if typed.lower() in ("me", "my"):
            which = Which.MINE
        elif typed.lower() in ("open", "late", *Which):
            which = {"open": Which.ALL, "late": Which.OVERDUE}.get(typed.lower()) or Which(typed.lower())
        elif found := _OF_INCIDENT.fullmatch(typed):
            incident = int(found["number"])
        else:
            return None
    return Listing(which, incident, page)
