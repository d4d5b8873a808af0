"""Links to the app's own domains in people's messages (Slack docs, "Unfurling links in messages", link_shared)."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.delivery import events
from bot.sandbox.state.channel import Channel
from bot.sandbox.state.workspace import Workspace

_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")


def tell(workspace: Workspace, channel: Channel, message: dict[str, Any]) -> None:
    """Tell the app which of its links a person's message has, whether the app is in the channel or not."""
    found = _LINK.findall(str(message.get("text", ""))) if "bot_id" not in message else []
    links = [{"domain": domain, "url": url} for url in found if (domain := _domain(workspace, url))]
    if not links:
        return
    threaded = {"thread_ts": message["thread_ts"]} if "thread_ts" in message else {}
    event = {
        "type": "link_shared",
        "channel": channel.id,
        "is_bot_user_member": workspace.app.bot_user_id in channel.members,
        "user": message["user"],
        "message_ts": message["ts"],
        **threaded,
        "unfurl_id": f"{channel.id}.{message['ts']}.{workspace.ids.word(64)}",
        "source": "conversations_history",
        "links": links,
    }
    events.emit(workspace, event)


def _domain(workspace: Workspace, url: str) -> str:
    """The registered domain that a link belongs to, or of which it is a subdomain; empty if it is none of them."""
    host = (urlsplit(url).hostname or "").lower()
    return next((each for each in workspace.app.unfurl_domains if f".{host}".endswith(f".{each}")), "")
