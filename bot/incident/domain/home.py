"""Which of the open incidents a person's Home tab shows: the choice and the page, as the tab remembers them."""

from collections.abc import Mapping
from typing import Any

from bot.incident.domain.listing import Listing, Which
from bot.incident.domain.vocabulary import Severity

PAGE_SIZE = 20  # incidents; a view has at most 100 blocks, and the other sections need most of them
PAGES_MAX = 5000  # more than any list has: what a tab remembers could be forged

ALL = "all"
CHOICES: Mapping[str, Listing] = {
    ALL: Listing(),
    "mine": Listing(Which.MINE),
    **{severity.label.lower(): Listing(severity=severity) for severity in Severity},
}


def choice_of(wanted: Listing) -> str:
    """The choice that shows this list."""
    return next((key for key, each in CHOICES.items() if _is_same(each, wanted)), ALL)


def remembered(wanted: Listing) -> dict[str, Any]:
    """What the tab remembers of it, for `wanted_of`."""
    return {"show": choice_of(wanted), "page": wanted.page}


def wanted_of(remembered: Mapping[str, Any]) -> Listing:
    """What the tab is to show; all incidents from the first one where it remembers nothing, or nothing of ours."""
    chosen = CHOICES.get(str(remembered.get("show", ALL)), CHOICES[ALL])
    page = remembered.get("page", 0)
    known = page if isinstance(page, int) and 0 <= page <= PAGES_MAX else 0
    return Listing(chosen.which, chosen.severity, page=known)


def last_page(total: int) -> int:
    """The number of the last page of so many incidents, counted from 0."""
    return max(total - 1, 0) // PAGE_SIZE


def _is_same(one: Listing, other: Listing) -> bool:
    return (one.which, one.severity) == (other.which, other.severity)
