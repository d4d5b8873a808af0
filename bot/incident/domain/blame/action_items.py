"""What an action item lacks: an owner, a date, an outcome that can be verified."""

from dataclasses import dataclass
from enum import StrEnum

from bot.incident.domain.blame.outcome import is_verifiable


class Lack(StrEnum):
    """What is missing."""

    OWNER = "no owner"
    DATE = "no date"
    OUTCOME = "no verifiable outcome"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """An action item, as far as it matters here.

    Attributes:
        what: what is to be done.
        has_owner: whether a person answers for it.
        has_date: whether it says by when.
    """

    what: str
    has_owner: bool
    has_date: bool


@dataclass(frozen=True, slots=True)
class ItemFinding:
    """Something that an action item lacks, why it matters, and what to ask."""

    lack: Lack
    reason: str
    question: str


_OWNER = ItemFinding(Lack.OWNER, "It has no owner.", "Who makes sure that it is done?")
_DATE = ItemFinding(Lack.DATE, "It has no date.", "By when will it be done?")
_OUTCOME = ItemFinding(
    Lack.OUTCOME,
    "Nobody can see whether it is done.",
    "What will be different afterwards, and how can somebody else verify it?",
)


def check(item: ActionItem) -> tuple[ItemFinding, ...]:
    """What the action item lacks; nothing if it can be followed up as it is."""
    outcome = () if is_verifiable(item.what) else (_OUTCOME,)
    owner = () if item.has_owner else (_OWNER,)
    date = () if item.has_date else (_DATE,)
    return (*outcome, *owner, *date)
