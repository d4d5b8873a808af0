"""Do-not-disturb: the hours in which Slack notifies a person of nothing.

Of another person, an app sees only the schedule: whether there is one, and when its next stretch begins and ends. A
snooze that they have switched on by hand is visible only to themselves (Slack docs, dnd.info: "All of the snooze_*
properties will only be visible if the user being queried is also the current user"). So nobody may be told that somebody
is *not* in do-not-disturb.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Stretch:
    """The present or next stretch of a person's do-not-disturb, half-open (UTC)."""

    start: datetime
    end: datetime

    def covers(self, now: datetime) -> bool:
        """Whether it is on at this time."""
        return self.start <= now < self.end

    def look_at(self, now: datetime) -> datetime:
        """When to read the schedule again: at its start; once it is on, at its end."""
        return self.start if now < self.start else max(self.end, now)
