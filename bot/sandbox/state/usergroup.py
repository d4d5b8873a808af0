"""User groups: people who are notified together."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A group of people who are notified by `@handle`.

    Attributes:
        users: the ids of its members.
        updated: when its members last changed.
        disabled: whether it is disabled; then it notifies nobody.
    """

    id: str
    team_id: str
    handle: str
    name: str
    description: str
    users: tuple[str, ...]
    creator: str
    created: int
    disabled: bool = False
    updated: int = 0

    def to_json(self, *, with_users: bool, with_count: bool) -> dict[str, Any]:
        """Slack's usergroup object (Slack docs, usergroup object)."""
        return {
            "id": self.id,
            "team_id": self.team_id,
            "is_usergroup": True,
            "is_subteam": True,
            "name": self.name,
            "description": self.description,
            "handle": self.handle,
            "is_external": False,
            "date_create": self.created,
            "date_update": self.updated or self.created,
            "date_delete": self.created if self.disabled else 0,
            "auto_type": None,
            "auto_provision": False,
            "created_by": self.creator,
            "updated_by": self.creator,
            "deleted_by": self.creator if self.disabled else None,
            "prefs": {"channels": [], "groups": []},
            **({"users": list(self.users)} if with_users else {}),
            **({"user_count": len(self.users)} if with_count else {}),
        }
