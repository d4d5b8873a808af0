"""The fact that the commander cannot be notified."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class CommanderInDoNotDisturb(BaseFact):
    """The commander is in do-not-disturb until `until` (UTC): Slack does not notify them.

    Attributes:
        person: the commander.
    """

    actors: ClassVar[tuple[str, ...]] = ("by", "person")

    person: str
    until: datetime
