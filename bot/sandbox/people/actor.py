"""A person who performs an action."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.channels.direct_messages import direct_channel
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.delivery.courier import Courier
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.user import User
from bot.sandbox.state.workspace import Workspace

# The subtypes of messages that a person or an app wrote, unlike `channel_join` and the like.
WRITTEN = {None, "bot_message", "file_share", "thread_broadcast"}


@dataclass(frozen=True, slots=True)
class Actor:
    """One action of one person.

    Attributes:
        details: the members of the action, such as `channel` and `text`.
    """

    workspace: Workspace
    courier: Courier
    user: User
    details: Mapping[str, Any]

    def need(self, name: str) -> Any:
        """A required member of the action."""
        value = self.details.get(name)
        if value is None:
            raise ActionRefused(f"invalid_arguments: {self.details.get('action')} needs {name!r}")
        return value

    def channel(self, *, member: bool = True, active: bool = False) -> Channel:
        """The channel of the action; `@name` means the direct message with that user.

        Args:
            member: whether the person must be in it.
            active: whether it must not be archived.
        """
        return self.at(str(self.need("channel")), member=member, active=active)

    def at(self, wanted: str, *, member: bool = True, active: bool = False) -> Channel:
        """A channel by name or id; otherwise like `channel`."""
        if wanted.startswith("@"):
            return direct_channel(self.workspace, [self.user.id, self.workspace.user(wanted).id])
        channel = self.workspace.channel(wanted, self.user.id)
        if active and channel.archived:
            raise ActionRefused("is_archived: this channel is archived")
        if member and self.user.id not in channel.members:
            raise ActionRefused("not_in_channel: join the channel first")
        return channel

    def non_direct_channel(self, *, member: bool = True, active: bool = False) -> Channel:
        """Like `channel`, but not a direct message, which nobody can join, leave or archive."""
        channel = self.channel(member=member, active=active)
        if channel.is_direct:
            raise ActionRefused("not_possible: this is a direct message, not a channel")
        return channel

    def message(self, channel: Channel) -> dict[str, Any]:
        """The message of the action, also if only this person sees it; `last` is the newest."""
        ts = str(self.need("ts"))
        if ts == "last":
            return self._last(channel)
        if ts in channel.messages:
            return channel.messages[ts]
        for ephemeral in channel.ephemerals:
            if ephemeral.to == self.user.id and ephemeral.message["ts"] == ts:
                return ephemeral.message
        raise ActionRefused(f"message_not_found: there is no message {ts} here")

    def _last(self, channel: Channel) -> dict[str, Any]:
        """The newest message that a person or an app wrote in the channel."""
        own = [e.message for e in channel.ephemerals if e.to == self.user.id]
        written = [m for m in [*channel.timeline(), *own] if m.get("subtype") in WRITTEN]
        if not written:
            raise ActionRefused("message_not_found: nobody has written anything here")
        return max(written, key=lambda message: str(message["ts"]))

    def posted(self, channel: Channel) -> str:
        """The `ts` of the action's message, which must not be ephemeral."""
        ts: str = self.message(channel)["ts"]
        if ts not in channel.messages:
            raise ActionRefused("not_possible: this message is visible to you only")
        return ts

    def identity(self) -> dict[str, Any]:
        """The common members of all interaction payloads."""
        workspace = self.workspace
        return {
            "token": workspace.app.verification_token,
            "team": {"id": workspace.team.id, "domain": workspace.team.domain},
            "enterprise": None,
            "is_enterprise_install": False,
            "user": {
                "id": self.user.id,
                "username": self.user.name,
                "name": self.user.name,
                "team_id": workspace.team.id,
            },
            "api_app_id": workspace.app.id,
        }

    def trigger(self) -> str:
        """A trigger id for this interaction."""
        return self.workspace.triggers.give(self.user.id)

    def response_url(self, channel: Channel, message_ts: str | None = None) -> str:
        """A response URL for this interaction."""
        key = self.workspace.response_urls.give(self.user.id, channel.id, message_ts)
        return f"{self.workspace.server.root_url}/response/{key}"
