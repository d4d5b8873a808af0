"""Facts about the video bridge. No text about them has its address: whoever has that can join."""

from dataclasses import dataclass
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeSet(BaseFact):
    """The incident has this video bridge from now on.

    Attributes:
        address: its web address.
        by_policy: whether the policy gave it, with the declaration or with a severity.
    """

    words: ClassVar[tuple[str, ...]] = ("address",)

    address: str
    by_policy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeRemoved(BaseFact):
    """The incident has no video bridge any more."""
