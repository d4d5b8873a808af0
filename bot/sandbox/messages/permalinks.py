"""The addresses of messages."""

from typing import Any

from bot.sandbox.state.channel import Channel
from bot.sandbox.state.workspace import Workspace


def permalink(workspace: Workspace, channel: Channel, message: dict[str, Any]) -> str:
    """The address of a message; a reply's address names its thread (Slack docs, chat.getPermalink)."""
    link = f"{workspace.server.root_url}/archives/{channel.id}/p{message['ts'].replace('.', '')}"
    thread_ts = message.get("thread_ts", message["ts"])
    return link if thread_ts == message["ts"] else f"{link}?thread_ts={thread_ts}&cid={channel.id}"
