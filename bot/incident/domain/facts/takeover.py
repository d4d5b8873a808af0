"""Facts about requests for command: somebody asks the sitting commander to hand it over."""

from dataclasses import dataclass
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeoverAsked(BaseFact):
    """`by` asked the commander to hand over command to them; nothing changes until the commander answers."""

    actors: ClassVar[tuple[str, ...]] = ("by", "commander")

    commander: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeoverDeclined(BaseFact):
    """The commander keeps command, or the person who had asked for it took that back.

    Attributes:
        to: the person who had asked.
    """

    actors: ClassVar[tuple[str, ...]] = ("by", "to")

    to: str
