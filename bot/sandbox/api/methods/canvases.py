"""canvases.* and conversations.canvases.*: documents."""

from typing import Any

from bot.sandbox.api.call import Call, answers
from bot.sandbox.core.errors import SlackError, invalid
from bot.sandbox.files import canvases
from bot.sandbox.files.returned_markdown import as_returned
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.file import Canvas

LEVELS = {"read", "write", "owner"}


@answers("canvases.create")
def create(call: Call) -> dict[str, Any]:
    """Create a separate canvas or, with a channel, the channel's canvas tab."""
    if call.args["channel_id"]:
        channel = _channel(call)
        if channel.canvas_id:
            raise SlackError("free_team_canvas_tab_already_exists")
        return {"canvas_id": _make(call, channel).id}
    return {"canvas_id": _make(call, None).id}


@answers("conversations.canvases.create")
def create_in_channel(call: Call) -> dict[str, Any]:
    """Create the canvas tab of a channel; a channel has at most one."""
    channel = _channel(call)
    if channel.canvas_id:
        raise SlackError("channel_canvas_already_exists")
    return {"canvas_id": _make(call, channel).id}


@answers("canvases.edit")
def edit(call: Call) -> dict[str, Any]:
    """Change a canvas; each call has one operation."""
    canvas, changes = _canvas(call), call.args["changes"]
    if not isinstance(changes, list) or not all(isinstance(change, dict) for change in changes):
        raise invalid(["must provide an array of objects [json-pointer:/changes]"])
    if len(changes) != 1:
        raise invalid(["no more than 1 items allowed [json-pointer:/changes]"])
    if not _may_write(call, canvas):
        raise SlackError("restricted_action")
    canvases.apply(canvas, changes[0], call.workspace.ids)
    _changed(call, canvas)
    return {}


@answers("canvases.getContent")
def content(call: Call) -> dict[str, Any]:
    """The whole document, as Slack writes it down again. As HTML it cannot be had here."""
    canvas = _canvas(call)
    if call.args["content_type"] not in (None, "markdown"):
        raise invalid(["the sandbox gives canvases as markdown only [json-pointer:/content_type]"])
    return {"content": as_returned(canvas.markdown)}


@answers("canvases.delete")
def delete(call: Call) -> dict[str, Any]:
    """Delete a canvas."""
    canvas = _canvas(call)
    if canvas.access.get(call.bot) != "owner":
        raise SlackError("restricted_action")
    canvas.deleted = True
    if canvas.channel:
        call.workspace.channels[canvas.channel].canvas_id = None
    _changed(call, canvas)
    return {}


@answers("canvases.sections.lookup")
def lookup(call: Call) -> dict[str, Any]:
    """Find sections, for canvases.edit."""
    canvas, criteria = _canvas(call, deleted="canvas_deleted"), call.args["criteria"]
    if not isinstance(criteria, dict) or not (criteria.get("section_types") or criteria.get("contains_text")):
        raise invalid(["must provide section_types or contains_text [json-pointer:/criteria]"])
    return {"sections": canvases.lookup(canvas, criteria)}


@answers("canvases.access.set")
def set_access(call: Call) -> dict[str, Any]:
    """Let users or channels read or write a canvas."""
    canvas, args = _canvas(call), call.args
    users, channels = args["user_ids"] or [], args["channel_ids"] or []
    if args["access_level"] not in LEVELS or bool(users) == bool(channels):
        raise SlackError("invalid_parameters")
    if any(user not in call.workspace.users for user in users):
        raise SlackError("user_not_found")
    if any(channel not in call.workspace.channels for channel in channels):
        raise SlackError("channel_not_found")
    canvas.access |= dict.fromkeys([*users, *channels], args["access_level"])
    _changed(call, canvas)
    return {}


def _channel(call: Call) -> Channel:
    channel = call.workspace.channels.get(call.args["channel_id"] or "")
    if channel is None or call.bot not in channel.members or channel.archived:
        raise SlackError("canvas_creation_failed")
    return channel


def _make(call: Call, channel: Channel | None) -> Canvas:
    workspace = call.workspace
    markdown = canvases.read_document(call.args["document_content"], "canvas_creation_failed")
    canvas = Canvas(
        id=workspace.ids.make("F"),
        title=call.args["title"] or "Untitled",
        owner=call.bot,
        created=workspace.seconds(),
        channel=channel.id if channel else None,
        sections=canvases.sections_of(workspace.ids, markdown),
        access={call.bot: "owner"},
    )
    workspace.canvases[canvas.id] = canvas
    if channel is not None:
        channel.canvas_id = canvas.id
        canvas.access[channel.id] = "write"
    _changed(call, canvas)
    return canvas


def _canvas(call: Call, deleted: str = "canvas_not_found") -> Canvas:
    canvas = call.workspace.canvases.get(call.args["canvas_id"])
    if canvas is None or not _may_read(call, canvas):
        raise SlackError("canvas_not_found")
    if canvas.deleted:
        raise SlackError(deleted)
    return canvas


def _levels(call: Call, canvas: Canvas) -> set[str]:
    """The bot's access levels, its own and those of its channels."""
    mine = [call.bot, *(c.id for c in call.workspace.channels.values() if call.bot in c.members)]
    return {canvas.access[key] for key in mine if key in canvas.access}


def _may_read(call: Call, canvas: Canvas) -> bool:
    return bool(_levels(call, canvas))


def _may_write(call: Call, canvas: Canvas) -> bool:
    return bool(_levels(call, canvas) & {"write", "owner"})


def _changed(call: Call, canvas: Canvas) -> None:
    call.workspace.revisions.bump("channels", channel=canvas.channel)
