"""Filling an empty workspace with people, groups, channels and messages."""

from bot.sandbox.messages import posting
from bot.sandbox.seed import contents
from bot.sandbox.state.channel import Channel, Line
from bot.sandbox.state.user import User
from bot.sandbox.state.usergroup import UserGroup
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.text.rich_text import written


def furnish(workspace: Workspace, wanted: contents.Contents) -> None:
    """Add the wanted people, channels, groups and messages to an empty workspace."""
    workspace.refused_blocks = frozenset(wanted.team.refused_blocks)
    for person in wanted.users:
        _add_person(workspace, person)
    _add_bot(workspace)
    for channel in wanted.channels:
        _add_channel(workspace, channel)
    for group in wanted.usergroups:
        _add_usergroup(workspace, group)
    # Only now, so that a message may name every channel and every group.
    for channel in wanted.channels:
        _fill(workspace, workspace.channel(channel.name), channel.messages)


def _add_person(workspace: Workspace, person: contents.Person) -> None:
    user = User(
        id=workspace.ids.make("U"),
        team_id=workspace.team.id,
        name=person.name,
        real_name=person.real_name or person.name,
        email=person.email or f"{person.name}@{workspace.team.domain}.example",
        tz=person.tz,
        is_admin=person.is_admin,
        is_restricted=person.is_restricted or person.is_ultra_restricted,
        is_ultra_restricted=person.is_ultra_restricted,
        deleted=person.deleted,
        updated=workspace.seconds(),
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
        updated=workspace.seconds(),
    )


def _add_channel(workspace: Workspace, given: contents.Channel) -> None:
    members = [workspace.user(name).id for name in given.members]
    if given.app:
        members.append(workspace.app.bot_user_id)
    creator = members[0] if members else next(iter(workspace.users))
    now = workspace.seconds()
    channel = Channel(
        id=workspace.ids.make("C"),
        name=given.name,
        kind="private" if given.is_private else "public",
        creator=creator,
        created=now,
        members=members,
        topic=Line(given.topic, creator, now),
        purpose=Line(given.purpose, creator, now),
        is_general=given.name == "general",
    )
    workspace.channels[channel.id] = channel


def _add_usergroup(workspace: Workspace, group: contents.UserGroup) -> None:
    made = UserGroup(
        id=workspace.ids.make("S"),
        team_id=workspace.team.id,
        handle=group.handle,
        name=group.name or group.handle,
        description=group.description,
        users=tuple(workspace.user(name).id for name in group.users),
        creator=next(iter(workspace.users)),
        created=workspace.seconds(),
        disabled=group.disabled,
    )
    workspace.usergroups[made.id] = made


def _fill(workspace: Workspace, channel: Channel, messages: tuple[contents.Message, ...]) -> None:
    """Add messages that everybody has read, without events."""
    for message in messages:
        ts = _say(workspace, channel, message)
        for reply in message.replies:
            _say(workspace, channel, reply, ts)
    latest = next(reversed(channel.messages), "")
    channel.last_read = dict.fromkeys(channel.members, latest) if latest else {}


def _say(workspace: Workspace, channel: Channel, post: contents.Post, thread_ts: str | None = None) -> str:
    user_id = workspace.user(post.user).id
    author = {"user": user_id, "client_msg_id": workspace.ids.uuid()}
    content = written(workspace, post.text, user_id)
    message = posting.store(workspace, channel, author, content, thread_ts=thread_ts)
    ts: str = message["ts"]
    return ts
