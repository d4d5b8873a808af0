"""The fact that the commander cannot be notified."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class CommanderInDoNotDisturb(BaseFact):
    """The commander is in do-not-disturb until `until` (UTC): Slack does not notify them.

    Attributes:
        person: the commander.
    """

    person: str
    until: datetime
