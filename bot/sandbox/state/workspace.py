"""The workspace: everything that Slack would store."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bot.sandbox.core.clock import Clock
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.core.ids import Ids
from bot.sandbox.core.revisions import Change, Revisions
from bot.sandbox.state.app import App
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.file import Canvas, File
from bot.sandbox.state.integration import Integration
from bot.sandbox.state.response_urls import ResponseUrls
from bot.sandbox.state.scheduled import Scheduled
from bot.sandbox.state.slack_list import SlackList
from bot.sandbox.state.triggers import Triggers
from bot.sandbox.state.user import User
from bot.sandbox.state.usergroup import UserGroup
from bot.sandbox.state.views import Views

# Options that were suggested on a surface, by block and action id, then by value.
Offered = dict[tuple[str, str], dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace's name."""

    id: str
    name: str
    domain: str


@dataclass(slots=True)
class Server:
    """What the workspace needs from its server.

    Attributes:
        root_url: its address, without a slash at the end.
        send_event: sends an `event_callback` payload to the app.
        open_socket: returns the URL of a new Socket Mode connection.
    """

    root_url: str
    send_event: Callable[[dict[str, Any]], None]
    open_socket: Callable[[], str]


class Workspace:
    """One team with one installed app, without any other contents at first.

    Args:
        manifest: the app's manifest, parsed.
        clock: its clock.
        revisions: the log of its changes.
        server: its server.
        name: the team's name.
        domain: the team's domain, without `.slack.com`.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        clock: Clock,
        revisions: Revisions,
        server: Server,
        *,
        name: str,
        domain: str,
    ) -> None:
        self.clock = clock
        self.revisions = revisions
        self.server = server
        self.ids = Ids()
        self.team = Team(self.ids.make("T"), name, domain)
        self.app = App.from_manifest(manifest, self.ids)
        # The types of blocks and elements that this workspace does not have yet.
        self.refused_blocks: frozenset[str] = frozenset()
        self.users: dict[str, User] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.channels: dict[str, Channel] = {}
        self.integrations: dict[str, Integration] = {}
        self.files: dict[str, File] = {}
        self.canvases: dict[str, Canvas] = {}
        self.lists: dict[str, SlackList] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.triggers = Triggers(self.ids, clock)
        self.response_urls = ResponseUrls(self.ids, clock)
        self.views = Views(self.ids, clock, revisions, team_id=self.team.id, app=self.app)
        # What people chose in a message's inputs: `state.values`, by user, channel and `ts`.
        self.message_state: dict[tuple[str, str, str], dict[str, Any]] = {}
        # The panes with the details of Work Objects, by user; and those that the app is asked to fill, by trigger id.
        self.panes: dict[str, dict[str, Any]] = {}
        self.panes_asked: dict[str, dict[str, Any]] = {}
        # What the app suggested to people in external selects, by user and view id or `ts`.
        self.offered: dict[tuple[str, str], Offered] = {}

    @property
    def bot(self) -> User:
        """The app's bot user."""
        return self.users[self.app.bot_user_id]

    def stamp(self) -> str:
        """A new `ts`."""
        return self.ids.stamp(self.clock.timestamp())

    def seconds(self) -> int:
        """Now, in whole seconds."""
        return int(self.clock.timestamp())

    def user(self, name_or_id: str) -> User:
        """The user with that id or name.

        Raises:
            ActionRefused: there is none.
        """
        if name_or_id in self.users:
            return self.users[name_or_id]
        wanted = name_or_id.removeprefix("@")
        for user in self.users.values():
            if user.name == wanted:
                return user
        raise ActionRefused(f"user_not_found: there is no user {name_or_id!r}")

    def channel(self, name_or_id: str, viewer: str | None = None) -> Channel:
        """The channel with that id or name, if the viewer can see it.

        Raises:
            ActionRefused: there is none, or the viewer cannot see it.
        """
        wanted = name_or_id.removeprefix("#")
        for channel in self.channels.values():
            named = not channel.is_direct and channel.name == wanted
            if (named or channel.id == name_or_id) and (viewer is None or self.sees(viewer, channel)):
                return channel
        raise ActionRefused(f"channel_not_found: there is no channel {name_or_id!r} here")

    def sees(self, user_id: str, channel: Channel) -> bool:
        """Whether a user can see a channel: guests see only those that they are in."""
        user = self.users.get(user_id)
        guest = user is not None and user.is_restricted
        return user_id in channel.members or (channel.kind == "public" and not guest)

    def may_notice(self, change: Change, user_id: str) -> bool:
        """Whether the user can see a change."""
        if change.users is not None and user_id not in change.users:
            return False
        channel = self.channels.get(change.channel) if change.channel else None
        return channel is None or self.sees(user_id, channel)

    def file_json(self, file: File) -> dict[str, Any]:
        """Slack's file object."""
        return file.to_json(f"{self.server.root_url}/files")
