"""Facts about status updates."""

from dataclasses import dataclass
from datetime import datetime

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosted(BaseFact):
    """A status update: conditions, actions, needs. The next update is due one cadence later."""

    conditions: str
    actions: str = ""
    needs: str = ""
    unchanged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(BaseFact):
    """Reminders of the update are postponed until `until` (UTC)."""

    until: datetime
