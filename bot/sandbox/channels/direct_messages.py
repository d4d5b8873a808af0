"""Direct and group messages, which are created when they are first needed."""

from collections.abc import Iterable

from bot.sandbox.state.channel import Channel, Kind
from bot.sandbox.state.workspace import Workspace


def find_direct(workspace: Workspace, members: Iterable[str]) -> Channel | None:
    """The direct or group message of exactly these users, if there is one."""
    wanted = set(members)
    return next((c for c in workspace.channels.values() if c.is_direct and set(c.members) == wanted), None)


def direct_channel(workspace: Workspace, members: Iterable[str]) -> Channel:
    """The direct message of these users, or the group message if there are more than two."""
    users = list(dict.fromkeys(members))
    found = find_direct(workspace, users)
    if found is not None:
        return found
    kind: Kind = "im" if len(users) <= 2 else "mpim"  # noqa: PLR2004 - a pair
    names = "--".join(workspace.users[user].name for user in users)
    channel = Channel(
        id=workspace.ids.make("D" if kind == "im" else "G"),
        name="directmessage" if kind == "im" else f"mpdm-{names}-1",
        kind=kind,
        creator=users[0],
        created=workspace.seconds(),
        members=users,
    )
    workspace.channels[channel.id] = channel
    workspace.revisions.bump("channels", channel=channel.id)
    return channel
