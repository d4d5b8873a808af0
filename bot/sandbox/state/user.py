"""People and bots."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

_DAY = 24 * 60 * 60


@dataclass(slots=True)
class User:
    """A member of the workspace, human or bot.

    Attributes:
        is_restricted: a guest.
        is_ultra_restricted: a guest who can be in one channel only.
        undisturbed: the first stretch of daily do-not-disturb (start and end in Unix seconds); None without a schedule.
    """

    id: str
    team_id: str
    name: str
    real_name: str
    email: str
    tz: str = "Etc/UTC"
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False
    bot_id: str | None = None
    api_app_id: str | None = None
    updated: int = 0
    undisturbed: tuple[int, int] | None = None

    def dnd_status(self, now: int) -> dict[str, Any]:
        """The present or next stretch of do-not-disturb, as others see it (Slack docs, dnd.info): without a snooze."""
        if self.undisturbed is None:
            return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
        start, end = self.undisturbed
        later = max(0, (now - end) // _DAY + 1) * _DAY
        return {"dnd_enabled": True, "next_dnd_start_ts": start + later, "next_dnd_end_ts": end + later}

    def undisturbed_until(self, now: int) -> int | None:
        """When the present stretch of do-not-disturb ends (Unix seconds); None if it is not on."""
        status = self.dnd_status(now)
        return (
            status["next_dnd_end_ts"]
            if status["next_dnd_start_ts"] <= now < status["next_dnd_end_ts"]
            else None
        )

    def tz_offset(self, now: datetime) -> int:
        """Seconds east of UTC at that moment."""
        offset = now.astimezone(ZoneInfo(self.tz)).utcoffset()
        return int(offset.total_seconds()) if offset is not None else 0

    def profile(self, *, with_email: bool) -> dict[str, Any]:
        """Slack's profile object; the email only with the scope `users:read.email`."""
        first, _, last = self.real_name.partition(" ")
        profile: dict[str, Any] = {
            "title": "",
            "phone": "",
            "real_name": self.real_name,
            "real_name_normalized": self.real_name,
            "display_name": self.name,
            "display_name_normalized": self.name,
            "first_name": first,
            "last_name": last,
            "status_text": "",
            "status_emoji": "",
            "status_expiration": 0,
            "avatar_hash": "",
            "team": self.team_id,
        }
        if with_email and not self.is_bot:
            profile["email"] = self.email
        if self.is_bot:
            profile |= {"bot_id": self.bot_id, "api_app_id": self.api_app_id, "always_active": True}
        return profile

    def to_json(self, now: datetime, *, with_email: bool) -> dict[str, Any]:
        """Slack's user object (Slack docs, user object); for a deactivated account it has few fields."""
        return {
            "id": self.id,
            "team_id": self.team_id,
            "name": self.name,
            "deleted": self.deleted,
            **({} if self.deleted else self._active(now)),
            "profile": self.profile(with_email=with_email),
            "is_bot": self.is_bot,
            "is_app_user": False,
            "updated": self.updated,
        }

    def _active(self, now: datetime) -> dict[str, Any]:
        return {
            "color": "9f69e7",
            "real_name": self.real_name,
            "tz": self.tz,
            "tz_label": self.tz,
            "tz_offset": self.tz_offset(now),
            "is_admin": self.is_admin,
            "is_owner": False,
            "is_primary_owner": False,
            "is_restricted": self.is_restricted,
            "is_ultra_restricted": self.is_ultra_restricted,
        }
