"""Attachments: what Slack adds to them, and forwarded messages."""

import copy
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.blocks.elements import fill_in_block_ids
from bot.sandbox.core.ids import Ids
from bot.sandbox.messages.permalinks import permalink
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.user import User
from bot.sandbox.state.workspace import Workspace

# Slack's fallback if the sender gave none.
NO_PREVIEW = "[no preview available]"
# The three named colours.
COLORS = {"good": "2eb886", "warning": "daa038", "danger": "a30200"}
GREY = "D0D0D0"


def complete(attachments: list[dict[str, Any]], ids: Ids) -> None:
    """Complete each attachment as Slack does: its id, fallback, blocks' ids and colour."""
    for number, attachment in enumerate(attachments, start=1):
        attachment["id"] = number
        attachment["fallback"] = attachment.get("fallback") or NO_PREVIEW
        if color := attachment.get("color"):
            attachment["color"] = COLORS.get(str(color), str(color).removeprefix("#"))
        if attachment.get("blocks"):
            fill_in_block_ids(attachment["blocks"], ids)


def forwarded(workspace: Workspace, channel: Channel, message: dict[str, Any], by: User) -> dict[str, Any]:
    """The attachment that shows a forwarded message.

    Args:
        workspace: the workspace.
        channel: the message's channel.
        message: the message.
        by: the user who forwards it; the fallback has the time in their zone.
    """
    user = workspace.users.get(str(message.get("user") or ""))
    name = str(message.get("username") or (user.name if user else "") or message.get("bot_id") or "")
    text = str(message.get("text") or "")
    place = {"team": workspace.team.id, "channel": channel.id, "ts": message["ts"]}
    inner = {key: copy.deepcopy(message[key]) for key in ("blocks", "attachments") if message.get(key)}
    files = {"files": copy.deepcopy(message["files"])} if message.get("files") else {}
    return {
        "from_url": permalink(workspace, channel, message),
        "ts": message["ts"],
        "author_id": message.get("user") or message.get("bot_id"),
        "channel_id": channel.id,
        "channel_team": workspace.team.id,
        "channel_name": "Direct Message" if channel.is_direct else channel.name,
        "is_msg_unfurl": True,
        "is_share": True,
        "message_blocks": [{**place, "message": {"blocks": [], **inner}}],
        "color": GREY,
        "fallback": f"[{_moment(message['ts'], by.tz)}] {name}: {text}",
        "text": text,
        "author_name": user.real_name if user else name,
        "author_subname": name,
        **({"author_link": f"{workspace.server.root_url}/team/{user.id}"} if user else {}),
        "mrkdwn_in": ["text"],
        "footer": f"Posted in #{channel.name}" if channel.kind == "public" else "Slack Conversation",
        **files,
    }


def _moment(ts: str, zone: str) -> str:
    """A time such as `October 12th, 2022 4:04 PM`."""
    moment = datetime.fromtimestamp(float(ts), ZoneInfo(zone))
    teen = moment.day // 10 == 1
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(moment.day % 10, "th")
    return f"{moment:%B} {moment.day}{ending}, {moment.year} {moment.hour % 12 or 12}:{moment:%M %p}"
