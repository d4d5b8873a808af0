"""Sharing files in channels."""

from collections.abc import Sequence
from typing import Any

from bot.sandbox.delivery import events
from bot.sandbox.messages import posting
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.file import File
from bot.sandbox.state.workspace import Workspace


def visible(workspace: Workspace, file: File, user_id: str) -> bool:
    """Whether the user can see the file: its owner, a user who got it in a form, or a user who sees a channel with it."""
    channels = (workspace.channels[channel_id] for channel_id in file.channels)
    return user_id in {file.user, *file.handed_to} or any(workspace.sees(user_id, c) for c in channels)


def share(
    workspace: Workspace,
    channel: Channel,
    author: dict[str, Any],
    files: Sequence[File],
    content: dict[str, Any],
    *,
    thread_ts: str | None = None,
) -> dict[str, Any]:
    """Post files into a channel as one message, and tell the app (`file_shared`)."""
    for file in files:
        file.channels.append(channel.id)
    shown = [workspace.file_json(file) for file in files]
    whole = {**content, "subtype": "file_share", "upload": True, "files": shown}
    message = posting.post(workspace, channel, author, whole, thread_ts=thread_ts)
    for file in files:
        event = {
            "type": "file_shared",
            "file_id": file.id,
            "user_id": message["user"],
            "file": {"id": file.id},
            "channel_id": channel.id,
        }
        events.emit(workspace, event, channel)
    return message
