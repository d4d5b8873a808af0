"""The person who looks at the page: the names that they see, and their time zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any, Self
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Reader:
    """What rendering needs besides the object to render.

    Attributes:
        now: the workspace's present time, with time zone.
    """

    user_id: str
    zone: tzinfo
    now: datetime
    users: Mapping[str, Mapping[str, Any]]
    channels: Mapping[str, Mapping[str, Any]]
    usergroups: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, seen: Mapping[str, Any]) -> Self:
        """The reader for a result of `sandbox.see`."""
        user = seen["user"]
        return cls(
            user_id=user["id"],
            zone=_zone(user),
            now=datetime.fromtimestamp(seen["now"], UTC),
            users={each["id"]: each for each in seen["users"]},
            channels={each["id"]: each for each in seen["channels"]},
            usergroups={each["id"]: each for each in seen.get("usergroups") or []},
        )

    def local(self, seconds: float) -> datetime:
        """A Unix time in the reader's time zone."""
        return datetime.fromtimestamp(seconds, self.zone)

    @property
    def today(self) -> datetime:
        """The workspace's present time in the reader's time zone."""
        return self.now.astimezone(self.zone)

    def user_name(self, user_id: str) -> str:
        """The name to show for a user; the id if they are not in the workspace."""
        user = self.users.get(user_id, {})
        return str(user.get("real_name") or user.get("name") or user_id)

    def channel_name(self, channel_id: str) -> str | None:
        """The name of a channel that the reader can see; None otherwise."""
        channel = self.channels.get(channel_id)
        return str(channel["name"]) if channel else None


def _zone(user: Mapping[str, Any]) -> tzinfo:
    try:
        return ZoneInfo(user["tz"])
    except (KeyError, ValueError, OSError):  # no zone, not a zone's name, or a system without zone files
        return timezone(timedelta(seconds=user.get("tz_offset") or 0))
