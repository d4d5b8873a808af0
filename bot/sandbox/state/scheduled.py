"""Scheduled messages."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.core.clock import Timer


@dataclass(frozen=True, slots=True)
class Scheduled:
    """A message of chat.scheduleMessage.

    Attributes:
        post_at: when to post it, in seconds since 1970.
        content: the other arguments for chat.postMessage.
    """

    id: str
    channel: str
    post_at: int
    created: int
    content: dict[str, Any]
    timer: Timer

    def to_json(self) -> dict[str, Any]:
        """Its entry in chat.scheduledMessages.list."""
        return {
            "id": self.id,
            "channel_id": self.channel,
            "post_at": self.post_at,
            "date_created": self.created,
            "text": self.content.get("text", ""),
        }
