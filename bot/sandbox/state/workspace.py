"""The workspace: everything that Slack would remember."""

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
from bot.sandbox.state.triggers import Triggers
from bot.sandbox.state.user import User
from bot.sandbox.state.usergroup import UserGroup
from bot.sandbox.state.views import Views

# Options that were suggested on a surface: by block and action id, then by value.
Offered = dict[tuple[str, str], dict[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Team:
    """The workspace's own name."""

    id: str
    name: str
    domain: str


@dataclass(slots=True)
class Server:
    """What the workspace needs of the server that it is in.

    Attributes:
        root_url: its address, without a slash at the end.
        send_event: takes an `event_callback` payload for the app.
        open_socket: gives the URL of a new Socket Mode connection.
    """

    root_url: str
    send_event: Callable[[dict[str, Any]], None]
    open_socket: Callable[[], str]


class Workspace:
    """One team with one app installed; nobody and nothing is in it at first.

    Args:
        manifest: the app's manifest, parsed.
        clock: its time.
        revisions: where its changes are counted.
        server: the server that it is in.
        name: the team's name.
        domain: the team's domain, without Slack's own.
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
        self.users: dict[str, User] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.channels: dict[str, Channel] = {}
        self.integrations: dict[str, Integration] = {}
        self.files: dict[str, File] = {}
        self.canvases: dict[str, Canvas] = {}
        self.scheduled: dict[str, Scheduled] = {}
        self.triggers = Triggers(self.ids, clock)
        self.response_urls = ResponseUrls(self.ids, clock)
        self.views = Views(self.ids, clock, revisions, team_id=self.team.id, app=self.app)
        # What people chose in a message's inputs: by user, channel and `ts`, a view's `state.values`.
        self.message_state: dict[tuple[str, str, str], dict[str, Any]] = {}
        # What the app suggested to people in external selects: by user and view id or `ts`.
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
        """The channel with that id or name, if that viewer can know of it.

        Raises:
            ActionRefused: there is none, or it is none of the viewer's business.
        """
        wanted = name_or_id.removeprefix("#")
        for channel in self.channels.values():
            named = not channel.is_direct and channel.name == wanted
            if (named or channel.id == name_or_id) and (viewer is None or self.sees(viewer, channel)):
                return channel
        raise ActionRefused(f"channel_not_found: there is no channel {name_or_id!r} here")

    def sees(self, user_id: str, channel: Channel) -> bool:
        """Whether somebody can know of a channel: guests only of those they are in."""
        user = self.users.get(user_id)
        guest = user is not None and user.is_restricted
        return user_id in channel.members or (channel.kind == "public" and not guest)

    def may_notice(self, change: Change, user_id: str) -> bool:
        """Whether a change is one that this user can see."""
        if change.users is not None and user_id not in change.users:
            return False
        channel = self.channels.get(change.channel) if change.channel else None
        return channel is None or self.sees(user_id, channel)

    def file_json(self, file: File) -> dict[str, Any]:
        """Slack's file object."""
        return file.to_json(f"{self.server.root_url}/files")
