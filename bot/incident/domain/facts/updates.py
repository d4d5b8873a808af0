"""Facts about status updates."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosted(BaseFact):
    """A status update: conditions, actions, needs. The next update is due one cadence later."""

    words: ClassVar[tuple[str, ...]] = ("conditions", "actions", "needs")

    conditions: str
    actions: str = ""
    needs: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(BaseFact):
    """Reminders of the update are postponed until `until` (UTC)."""

    until: datetime
