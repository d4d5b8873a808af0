"""bookmarks.*: links at the top of a channel."""

from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.api.call import Call, answers
from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages.reactions import NAME
from bot.sandbox.state.channel import Channel

# Slack help, channel bookmarks: up to a hundred.
LIMIT = 100


@answers("bookmarks.add")
def add(call: Call) -> dict[str, Any]:
    """Add a link."""
    channel, args, workspace = _channel(call), call.args, call.workspace
    if channel.archived:
        raise SlackError("permission_denied")
    if args["type"] != "link":
        raise SlackError("invalid_bookmark_type")
    _check(args)
    if not args["link"]:
        raise SlackError("invalid_link")
    if len(channel.bookmarks) >= LIMIT:
        raise SlackError("too_many_bookmarks")
    bookmark = {
        "id": workspace.ids.make("Bk"),
        "channel_id": channel.id,
        "title": args["title"],
        "link": args["link"],
        "emoji": args["emoji"] or "",
        "icon_url": "",
        "type": "link",
        "entity_id": None,
        "date_created": workspace.seconds(),
        "date_updated": 0,
        "rank": f"{len(channel.bookmarks):04d}",
        "last_updated_by_user_id": call.bot,
        "last_updated_by_team_id": workspace.team.id,
        "shortcut_id": None,
        "app_id": workspace.app.id,
    }
    channel.bookmarks.append(bookmark)
    workspace.revisions.bump("channels", channel=channel.id)
    return {"bookmark": bookmark}


@answers("bookmarks.edit")
def edit(call: Call) -> dict[str, Any]:
    """Change a link."""
    channel, args = _channel(call), call.args
    bookmark = _bookmark(call, channel)
    _check(args)
    bookmark |= {key: args[key] for key in ("title", "link", "emoji") if args[key] is not None}
    bookmark |= {"date_updated": call.workspace.seconds(), "last_updated_by_user_id": call.bot}
    call.workspace.revisions.bump("channels", channel=channel.id)
    return {"bookmark": bookmark}


@answers("bookmarks.list")
def list_bookmarks(call: Call) -> dict[str, Any]:
    """A channel's links."""
    return {"bookmarks": _channel(call).bookmarks}


@answers("bookmarks.remove")
def remove(call: Call) -> dict[str, Any]:
    """Remove a link."""
    channel = _channel(call)
    channel.bookmarks.remove(_bookmark(call, channel))
    call.workspace.revisions.bump("channels", channel=channel.id)
    return {}


def _channel(call: Call) -> Channel:
    channel = call.channel("channel_id")
    if call.bot not in channel.members:
        raise SlackError("channel_not_found")
    return channel


def _bookmark(call: Call, channel: Channel) -> dict[str, Any]:
    for bookmark in channel.bookmarks:
        if bookmark["id"] == call.args["bookmark_id"]:
            return bookmark
    raise SlackError("not_found")


def _check(args: dict[str, Any]) -> None:
    if args["link"] is not None and urlsplit(args["link"]).scheme not in {"http", "https"}:
        raise SlackError("invalid_link")
    if args["emoji"] and not NAME.fullmatch(args["emoji"].strip(":")):
        raise SlackError("invalid_emoji")
