"""A page that can be opened by a link: what it takes to make it for somebody."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.core.people import Profile


@dataclass(frozen=True, slots=True)
class PageRequest:
    """Somebody opens a page.

    Attributes:
        reader: the person, with an account that is active at this moment.
        subject: what the page is of, as its link says.
        now: the present (UTC).
    """

    team: str
    reader: Profile
    subject: str
    now: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """A kind of page.

    Attributes:
        command: what to type for a new link.
        make: makes the page from the state of this moment; None if this person may not see it, or there is none. It is
            asked at each opening, and does its long work in a thread.
    """

    command: str
    make: Callable[[PageRequest], Awaitable[str | None]]
