"""Facts about status updates."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from bot.incident.domain.audiences import EVERYBODY, Audience
from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePosted(BaseFact):
    """A status update: conditions, actions, needs.

    Attributes:
        audiences: whom it is for. Releases before 0.4.0 do not store it.
        next_by: by when the next update was promised (UTC); None if the policy's cadence counts.
    """

    words: ClassVar[tuple[str, ...]] = ("conditions", "actions", "needs")

    conditions: str
    actions: str = ""
    needs: str = ""
    unchanged: bool = False
    audiences: tuple[Audience, ...] = EVERYBODY
    next_by: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snoozed(BaseFact):
    """Reminders of the update are postponed until `until` (UTC).

    Attributes:
        reason: empty in facts of releases before 0.4.0, which did not ask for it.
    """

    words: ClassVar[tuple[str, ...]] = ("reason",)

    until: datetime
    reason: str = ""
