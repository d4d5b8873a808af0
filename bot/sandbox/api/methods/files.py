"""files.*: upload, completion, sharing."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.blocks import validate
from bot.sandbox.core.errors import SlackError, invalid
from bot.sandbox.delivery import events
from bot.sandbox.files import shares
from bot.sandbox.messages import posting
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.file import File

# Slack docs, files.getUploadURLExternal.
ALT_TXT_LIMIT = 1_000
SNIPPET_LIMIT = 1_000_000
SIZE_LIMIT = 1_000_000_000
# Slack docs, files.completeUploadExternal: channels in one call.
CHANNELS_LIMIT = 100
CHANNEL_LETTERS = ("C", "G", "D", "Z")


@answers("files.getUploadURLExternal")
def get_upload_url(call: Call) -> dict[str, Any]:
    """Return the URL for uploading the bytes."""
    workspace, args = call.workspace, call.args
    if not args["filename"] or args["length"] <= 0:
        raise SlackError("missing_argument")
    if len(args["alt_txt"] or "") > ALT_TXT_LIMIT:
        raise SlackError("alt_txt_too_large")
    if args["snippet_type"] and args["length"] > SNIPPET_LIMIT:
        raise SlackError("snippet_too_large")
    if args["length"] > SIZE_LIMIT:
        raise SlackError("file_upload_size_restricted")
    file = File(
        id=workspace.ids.make("F"),
        name=args["filename"],
        title=args["filename"],
        user=call.bot,
        created=workspace.seconds(),
        length=args["length"],
        snippet_type=args["snippet_type"],
        alt_txt=args["alt_txt"],
    )
    workspace.files[file.id] = file
    url = f"{workspace.server.root_url}/files/upload/{file.id}"
    return {"upload_url": url, "file_id": file.id}


@answers("files.completeUploadExternal")
def complete_upload(call: Call) -> dict[str, Any]:
    """Turn uploaded bytes into a file, and share it in the given channels."""
    workspace = call.workspace
    files = [_uploaded(call, entry) for entry in _entries(call)]
    channels = [_destination(call, channel_id) for channel_id in _channel_ids(call)]
    content = _comment(call)
    for file, title in files:
        file.complete = True
        file.title = title or file.title
        events.emit(workspace, {"type": "file_created", "file_id": file.id, "file": {"id": file.id}})
    done = [file for file, _ in files]
    for channel in channels:
        author = posting.app_author(workspace)
        shares.share(workspace, channel, author, done, content, thread_ts=call.args["thread_ts"])
    return {"files": [workspace.file_json(file) for file in done]}


@answers("files.info")
def info(call: Call) -> dict[str, Any]:
    """Describe one file."""
    return {"file": call.workspace.file_json(_visible(call)), "comments": []}


@answers("files.delete")
def delete(call: Call) -> dict[str, Any]:
    """Delete one of the app's own files."""
    file = _visible(call)
    if file.user != call.bot:
        raise SlackError("cant_delete_file")
    file.deleted = True
    for channel_id in file.channels:
        posting.mark_changed(call.workspace, call.workspace.channels[channel_id])
    events.emit(call.workspace, {"type": "file_deleted", "file_id": file.id})
    return {}


@answers("files.list")
def list_files(call: Call) -> dict[str, Any]:
    """List the files that the bot can see, the newest first."""
    args, workspace = call.args, call.workspace
    if args["user"]:
        call.user()
    found = [
        file
        for file in reversed(workspace.files.values())
        if file.complete and not file.deleted and shares.visible(workspace, file, call.bot)
        if args["user"] in {None, file.user}
        if not args["channel"] or args["channel"] in file.channels
    ]
    paging = {"count": 100, "total": len(found), "page": 1, "pages": 1}
    return {"files": [workspace.file_json(file) for file in found], "paging": paging}


def _entries(call: Call) -> list[dict[str, Any]]:
    entries = call.args["files"]
    if not isinstance(entries, list) or not entries or not all(map(_is_entry, entries)):
        raise invalid(["must provide a list of objects with an id [json-pointer:/files]"])
    return entries


def _is_entry(entry: Any) -> bool:
    good = isinstance(entry, dict) and isinstance(entry.get("id"), str)
    return good and isinstance(entry.get("title", ""), str)


def _uploaded(call: Call, entry: dict[str, Any]) -> tuple[File, str | None]:
    file = call.workspace.files.get(entry["id"])
    if file is None or file.user != call.bot or file.content is None:
        raise SlackError("file_not_found")
    return file, entry.get("title")


def _channel_ids(call: Call) -> list[str]:
    ids: list[str] = call.args["channels"] or []
    if call.args["channel_id"]:
        ids = [call.args["channel_id"], *ids]
    if len(ids) > CHANNELS_LIMIT:
        raise SlackError("channels_limit_exceeded")
    return list(dict.fromkeys(ids))


def _destination(call: Call, channel_id: str) -> Channel:
    """A channel by its own id. Unlike chat.postMessage, Slack takes no person's id here (slackapi/bolt-js, issue 2115)."""
    if channel_id[:1] not in CHANNEL_LETTERS:
        raise invalid(["must match regex pattern: ^[CGDZ][A-Z0-9]{8,}$ [json-pointer:/channel_id]"])
    channel = call.workspace.channels.get(channel_id)
    if channel is None or not channel.visible_to(call.bot):
        raise SlackError("channel_not_found")
    if call.bot not in channel.members:
        raise SlackError("not_in_channel")
    if channel.archived:
        raise SlackError("posting_to_channel_denied")
    return channel


def _comment(call: Call) -> dict[str, Any]:
    blocks = call.args["blocks"]
    if blocks is not None:
        validate.check_message_blocks(blocks)
    return {"text": call.args["initial_comment"] or "", "blocks": blocks}


def _visible(call: Call) -> File:
    file = call.workspace.files.get(call.args["file"])
    if file is None or not file.complete or not shares.visible(call.workspace, file, call.bot):
        raise SlackError("file_not_found")
    if file.deleted:
        raise SlackError("file_deleted")
    return file
