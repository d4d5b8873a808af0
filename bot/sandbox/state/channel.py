"""Conversations: public and private channels, direct and group messages."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["public", "private", "im", "mpim"]

# The first half of the scopes for each kind of conversation (`groups:history` …).
SCOPE_FAMILY: dict[Kind, str] = {"public": "channels", "private": "groups", "im": "im", "mpim": "mpim"}
# The `channel_type` of each kind in events.
CHANNEL_TYPE: dict[Kind, str] = {"public": "channel", "private": "group", "im": "im", "mpim": "mpim"}
# The `channel_name` in a slash command, instead of the real name.
HIDDEN_NAME: dict[Kind, str] = {"private": "privategroup", "im": "directmessage", "mpim": "privategroup"}


@dataclass(frozen=True, slots=True)
class Ephemeral:
    """A message that only one person sees and that is in no history."""

    to: str
    message: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pin:
    """A pinned message."""

    ts: str
    created: int
    created_by: str


@dataclass(slots=True)
class Line:
    """A channel's topic or purpose: its text, who set it, and when."""

    value: str = ""
    creator: str = ""
    last_set: int = 0

    def to_json(self) -> dict[str, Any]:
        """Slack's topic object."""
        return {"value": self.value, "creator": self.creator, "last_set": self.last_set}


@dataclass(slots=True)
class Channel:
    """One conversation and its contents.

    Attributes:
        members: user ids, in the order in which they joined.
        messages: by `ts`, oldest first, including thread replies.
        last_read: the `ts` up to which each person has read, by user id.
        notified: the original text of edited messages, by `ts`; only this one notifies people.
    """

    id: str
    name: str
    kind: Kind
    creator: str
    created: int
    members: list[str] = field(default_factory=list)
    topic: Line = field(default_factory=Line)
    purpose: Line = field(default_factory=Line)
    is_general: bool = False
    archived: bool = False
    previous_names: list[str] = field(default_factory=list)
    messages: dict[str, dict[str, Any]] = field(default_factory=dict)
    ephemerals: list[Ephemeral] = field(default_factory=list)
    pins: list[Pin] = field(default_factory=list)
    bookmarks: list[dict[str, Any]] = field(default_factory=list)
    canvas_id: str | None = None
    last_read: dict[str, str] = field(default_factory=dict)
    notified: dict[str, str] = field(default_factory=dict)

    @property
    def scope_family(self) -> str:
        """The first half of its scopes: `channels`, `groups`, `im` or `mpim`."""
        return SCOPE_FAMILY[self.kind]

    @property
    def channel_type(self) -> str:
        """Its `channel_type` in events."""
        return CHANNEL_TYPE[self.kind]

    @property
    def shown_name(self) -> str:
        """Its name in payloads, which is not the real name outside public channels."""
        return HIDDEN_NAME.get(self.kind, self.name)

    @property
    def is_direct(self) -> bool:
        """Whether it is a direct or group message rather than a channel."""
        return self.kind in {"im", "mpim"}

    def visible_to(self, user_id: str) -> bool:
        """Whether the user can see it: all users see public channels, only members see others."""
        return self.kind == "public" or user_id in self.members

    def thread(self, ts: str) -> list[dict[str, Any]]:
        """The parent and its replies, oldest first."""
        return [m for m in self.messages.values() if m["ts"] == ts or m.get("thread_ts") == ts]

    def timeline(self) -> list[dict[str, Any]]:
        """The messages in the channel itself, oldest first: thread replies only if they were broadcast."""
        return [m for m in self.messages.values() if not is_hidden_reply(m)]

    def pin_of(self, ts: str) -> Pin | None:
        """The pin on that message."""
        return next((pin for pin in self.pins if pin.ts == ts), None)


def is_hidden_reply(message: dict[str, Any]) -> bool:
    """Whether a message is shown only in its thread."""
    thread_ts = message.get("thread_ts")
    return thread_ts not in {None, message["ts"]} and message.get("subtype") != "thread_broadcast"


def to_json(channel: Channel, viewer: str, team_id: str) -> dict[str, Any]:
    """Slack's conversation object as that user sees it (Slack docs, conversation object)."""
    if channel.kind == "im":
        return _direct(channel, viewer, team_id)
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": channel.kind == "public",
        "is_group": channel.kind == "private",
        "is_im": False,
        "is_mpim": channel.kind == "mpim",
        "is_private": channel.kind != "public",
        "created": channel.created,
        "creator": channel.creator,
        "is_archived": channel.archived,
        "is_general": channel.is_general,
        "unlinked": 0,
        "is_shared": False,
        "is_ext_shared": False,
        "is_org_shared": False,
        "pending_shared": [],
        "is_pending_ext_shared": False,
        "is_member": viewer in channel.members,
        "context_team_id": team_id,
        "topic": channel.topic.to_json(),
        "purpose": channel.purpose.to_json(),
        "previous_names": channel.previous_names,
        "properties": {"canvas": {"file_id": channel.canvas_id, "is_empty": False}}
        if channel.canvas_id
        else {},
    }


def _direct(channel: Channel, viewer: str, team_id: str) -> dict[str, Any]:
    other = next((user for user in channel.members if user != viewer), viewer)
    return {
        "id": channel.id,
        "created": channel.created,
        "is_archived": False,
        "is_im": True,
        "is_org_shared": False,
        "context_team_id": team_id,
        "user": other,
        "is_user_deleted": False,
        "is_open": True,
    }
