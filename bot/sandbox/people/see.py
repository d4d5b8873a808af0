"""What one person sees."""

import copy
from typing import Any

from bot.sandbox.files import shares
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.user import User
from bot.sandbox.state.workspace import Workspace


def see(
    workspace: Workspace,
    who: str,
    where: str | None = None,
    thread: str | None = None,
    *,
    limit: int | None = None,
    before: str | None = None,
) -> dict[str, Any]:
    """Everything on a person's screen.

    Args:
        workspace: the workspace.
        who: the person's name or id.
        where: the open channel's name or id.
        thread: the `ts` of the open thread.
        limit: how many of the latest messages; None means all.
        before: only messages before this `ts`.

    Raises:
        ActionRefused: there is no such user, or no such channel that they can see.
    """
    user = workspace.user(who)
    channel = workspace.channel(where, user.id) if where else None
    views = workspace.views
    known = [c for c in workspace.channels.values() if workspace.sees(user.id, c)]
    return {
        "ok": True,
        "seq": workspace.revisions.seq,
        "now": workspace.clock.timestamp(),
        "stamp": workspace.ids.last_stamp,
        "clock": {"running": workspace.clock.running},
        "user": {
            **_person(workspace, user),
            "undisturbed_until": user.undisturbed_until(workspace.seconds()),
        },
        "users": [
            {**_person(workspace, other), "is_bot": other.is_bot, "deleted": other.deleted}
            for other in workspace.users.values()
        ],
        "usergroups": [
            {"id": group.id, "handle": group.handle, "name": group.name, "users": list(group.users)}
            for group in workspace.usergroups.values()
            if not group.disabled
        ],
        "app": _app(workspace),
        "channels": [_entry(workspace, c, user) for c in known],
        "channel": _open_channel(workspace, channel, user, limit, before) if channel else None,
        "thread": _thread(channel, thread, user) if channel and thread else None,
        "modals": copy.deepcopy(views.stack(user.id)),
        "field_errors": dict(views.field_errors.get(user.id, {})),
        "home": copy.deepcopy(views.homes.get(user.id)),
        "pane": copy.deepcopy(workspace.panes.get(user.id)),
        "files": [
            workspace.file_json(file)
            for file in workspace.files.values()
            if file.complete and not file.deleted and shares.visible(workspace, file, user.id)
        ],
        "canvases": [
            canvas.to_json()
            for canvas in workspace.canvases.values()
            if not canvas.deleted and _may_read(canvas.access, known, user)
        ],
        "lists": [
            each.to_json()
            for each in workspace.lists.values()
            if not each.deleted and _may_read(each.access, known, user)
        ],
    }


def shown_message(channel: Channel, message: dict[str, Any]) -> dict[str, Any]:
    """A message with its channel and visibility."""
    ephemeral = message["ts"] not in channel.messages
    return {
        **copy.deepcopy(message),
        "channel": channel.id,
        **({"ephemeral": True} if ephemeral else {}),
        **({"pinned": True} if channel.pin_of(message["ts"]) else {}),
    }


def _person(workspace: Workspace, user: User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "real_name": user.real_name,
        "tz": user.tz,
        "tz_offset": user.tz_offset(workspace.clock.now()),
    }


def _app(workspace: Workspace) -> dict[str, Any]:
    app = workspace.app
    return {
        "id": app.id,
        "name": app.name,
        "bot_user_id": app.bot_user_id,
        "home_tab_enabled": app.home_tab,
        "commands": [
            {"command": c.command, "description": c.description, "usage_hint": c.usage_hint}
            for c in app.commands
        ],
        "shortcuts": [{"type": s.type, "name": s.name, "callback_id": s.callback_id} for s in app.shortcuts],
    }


def _entry(workspace: Workspace, channel: Channel, user: User) -> dict[str, Any]:
    unread, calls = _unread(channel, user), _calls(workspace, user)
    return {
        "id": channel.id,
        "name": _name(workspace, channel, user),
        "is_private": channel.kind != "public",
        "is_im": channel.is_direct,
        "is_member": user.id in channel.members,
        "is_archived": channel.archived,
        "topic": channel.topic.value,
        "purpose": channel.purpose.value,
        "num_members": len(channel.members),
        "unread": len(unread),
        "mentions": sum(_mentions(channel, message, calls) for message in unread),
    }


def _name(workspace: Workspace, channel: Channel, user: User) -> str:
    """A channel's name; for a direct message, the names of the others in it."""
    if not channel.is_direct:
        return channel.name
    others = [workspace.users[member].name for member in channel.members if member != user.id]
    return ", ".join(others) or user.name


def _unread(channel: Channel, user: User) -> list[dict[str, Any]]:
    if user.id not in channel.members:
        return []
    read = channel.last_read.get(user.id, "")
    unread = []
    for message in reversed(channel.messages.values()):
        if message["ts"] <= read:
            break
        unread.append(message)
    return unread


def _calls(workspace: Workspace, user: User) -> list[str]:
    """The mentions in a text that notify this person."""
    groups = [f"<!subteam^{group.id}" for group in workspace.usergroups.values() if user.id in group.users]
    return [f"<@{user.id}>", "<!channel>", "<!here>", "<!everyone>", *groups]


def _mentions(channel: Channel, message: dict[str, Any], calls: list[str]) -> bool:
    """Whether a message notifies the person: Slack does not notify about mentions that are added by an edit."""
    text = channel.notified.get(message["ts"], message.get("text", ""))
    return any(call in text for call in calls)


def _open_channel(
    workspace: Workspace, channel: Channel, user: User, limit: int | None, before: str | None
) -> dict[str, Any]:
    ephemeral = [e.message for e in channel.ephemerals if e.to == user.id and "thread_ts" not in e.message]
    messages = sorted([*channel.timeline(), *ephemeral], key=lambda message: str(message["ts"]))
    if before is not None:
        messages = [message for message in messages if message["ts"] < before]
    start = max(0, len(messages) - limit) if limit is not None else 0
    canvas = workspace.canvases.get(channel.canvas_id or "")
    return {
        **_entry(workspace, channel, user),
        "creator": channel.creator,
        "members": list(channel.members),
        "pins": [shown_message(channel, channel.messages[pin.ts]) for pin in channel.pins],
        "bookmarks": [
            {key: bookmark[key] for key in ("id", "title", "link", "emoji")} for bookmark in channel.bookmarks
        ],
        "canvas": canvas.to_json() if canvas is not None and not canvas.deleted else None,
        "messages": [shown_message(channel, message) for message in messages[start:]],
        "has_more": start > 0,
    }


def _thread(channel: Channel, ts: str, user: User) -> dict[str, Any]:
    ephemeral = [
        e.message for e in channel.ephemerals if e.to == user.id and e.message.get("thread_ts") == ts
    ]
    messages = sorted([*channel.thread(ts), *ephemeral], key=lambda message: str(message["ts"]))
    return {"ts": ts, "messages": [shown_message(channel, message) for message in messages]}


def _may_read(access: dict[str, str], known: list[Channel], user: User) -> bool:
    return user.id in access or any(channel.id in access for channel in known)
