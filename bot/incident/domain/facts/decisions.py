"""Facts about decisions, and about strong objections to them."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided(BaseFact):
    """A decision was recorded. It stands from `until` on, unless somebody strongly objects before.

    Attributes:
        number: counted within the incident, from 1.
        way_back: how it can be undone.
        until: the end of the time for objections (UTC).
        instead_of: the number of the decision that it replaces; None if it replaces none.
    """

    words: ClassVar[tuple[str, ...]] = ("text", "risk", "way_back")

    number: int
    text: str
    risk: str = ""
    way_back: str = ""
    until: datetime
    instead_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objected(BaseFact):
    """Somebody strongly objected in time: the decision is open again."""

    words: ClassVar[tuple[str, ...]] = ("reason",)

    number: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionWithdrawn(BaseFact):
    """A decision that did not stand yet was withdrawn."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionStands(BaseFact):
    """Nobody objected in time, so the decision stands. The clock records it."""

    number: int
