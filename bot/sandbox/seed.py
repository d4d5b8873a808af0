"""The workspace everybody starts with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.sandbox.state.channel import Channel, Kind, Line
from bot.sandbox.state.user import User

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.sandbox.workspace import Workspace

PEOPLE = ("alice", "bob", "carol", "dave", "erin", "frank")

DEFAULT: dict[str, Any] = {
    "team": {"name": "Acme", "domain": "acme"},
    "users": [
        {"name": "alice", "real_name": "Alice Adams", "tz": "Europe/Berlin", "is_admin": True},
        {"name": "bob", "real_name": "Bob Brown", "tz": "Europe/London"},
        {"name": "carol", "real_name": "Carol Chen", "tz": "America/Los_Angeles"},
        {"name": "dave", "real_name": "Dave Diaz", "tz": "America/New_York"},
        {"name": "erin", "real_name": "Erin Evans", "tz": "Asia/Kolkata"},
        {"name": "frank", "real_name": "Frank Fischer", "tz": "Asia/Tokyo"},
    ],
    "channels": [
        {"name": "general", "members": list(PEOPLE), "app": True, "purpose": "Everybody, everything"},
        {"name": "random", "members": ["alice", "bob", "carol"], "purpose": "The rest"},
        {"name": "incidents", "members": list(PEOPLE), "app": True, "topic": "What is broken right now"},
        {"name": "payments", "members": ["alice", "bob", "dave"], "purpose": "The payments team"},
    ],
}


def settle_in(workspace: Workspace, seed: Mapping[str, Any]) -> None:
    """Fill a new workspace with the people and channels of `seed`, which has the shape of `DEFAULT`."""
    for person in seed["users"]:
        _add_person(workspace, person)
    _add_bot(workspace)
    for entry in seed["channels"]:
        _add_channel(workspace, entry)


def _add_person(workspace: Workspace, person: Mapping[str, Any]) -> None:
    user = User(
        id=workspace.ids.make("U"),
        team_id=workspace.team.id,
        name=person["name"],
        real_name=person.get("real_name", person["name"]),
        email=person.get("email", f"{person['name']}@{workspace.team.domain}.example"),
        tz=person.get("tz", "Etc/UTC"),
        is_admin=bool(person.get("is_admin", False)),
        is_restricted=bool(person.get("is_restricted", False)),
        deleted=bool(person.get("deleted", False)),
        updated=int(workspace.clock.timestamp()),
    )
    workspace.users[user.id] = user


def _add_bot(workspace: Workspace) -> None:
    app = workspace.app
    workspace.users[app.bot_user_id] = User(
        id=app.bot_user_id,
        team_id=workspace.team.id,
        name=app.name.lower().replace(" ", ""),
        real_name=app.name,
        email="",
        is_bot=True,
        bot_id=app.bot_id,
        api_app_id=app.id,
        updated=int(workspace.clock.timestamp()),
    )


def _add_channel(workspace: Workspace, entry: Mapping[str, Any]) -> None:
    members = [workspace.user(name).id for name in entry.get("members", ())]
    if entry.get("app"):
        members.append(workspace.app.bot_user_id)
    creator = members[0] if members else next(iter(workspace.users))
    now = int(workspace.clock.timestamp())
    kind: Kind = "private" if entry.get("is_private") else "public"
    channel = Channel(
        id=workspace.ids.make("C"),
        name=entry["name"],
        kind=kind,
        creator=creator,
        created=now,
        members=members,
        topic=Line(entry.get("topic", ""), creator, now),
        purpose=Line(entry.get("purpose", ""), creator, now),
        is_general=entry["name"] == "general",
    )
    workspace.channels[channel.id] = channel
