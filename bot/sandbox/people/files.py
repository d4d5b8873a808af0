"""Uploading files."""

import base64
import binascii
from typing import Any

from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.files import shares
from bot.sandbox.people.actor import Actor
from bot.sandbox.state.file import File
from bot.sandbox.state.workspace import Workspace
from bot.sandbox.text.rich_text import written


async def upload(actor: Actor) -> dict[str, Any]:
    """Share a file in a channel; without a channel, upload it for a `file_input`, so that only its owner sees it."""
    workspace, details = actor.workspace, actor.details
    channel = actor.channel(active=True) if details.get("channel") else None
    name, content = str(actor.need("filename")), _content(actor)
    file = File(
        id=workspace.ids.make("F"),
        name=name,
        title=name,
        user=actor.user.id,
        created=workspace.seconds(),
        length=len(content),
        content=content,
        complete=True,
    )
    workspace.files[file.id] = file
    if channel is not None:
        comment = written(workspace, str(details.get("text", "")), actor.user.id)
        shares.share(workspace, channel, {"user": actor.user.id}, [file], comment)
    return {"file": workspace.file_json(file)}


def choose_file(workspace: Workspace, user_id: str, file_id: Any) -> dict[str, Any]:
    """Choose an uploaded file in a `file_input`; from then on the app may read it.

    Returns:
        Slack's file object for the input's `files` (Slack docs, file input element).

    Raises:
        ActionRefused: the person has not uploaded this file.
    """
    file = workspace.files.get(str(file_id))
    if file is None or file.user != user_id or file.deleted:
        raise ActionRefused(f"file_not_found: upload it first; you have no file {file_id!r}")
    file.handed_to.add(workspace.app.bot_user_id)
    return workspace.file_json(file)


def _content(actor: Actor) -> bytes:
    encoded = actor.details.get("content_base64")
    if encoded is None:
        return str(actor.need("content")).encode()
    try:
        return base64.b64decode(str(encoded), validate=True)
    except binascii.Error as error:
        raise ActionRefused(f"invalid_arguments: content_base64 is not base64: {error}") from error
