"""What people see, in a form that can be compared between runs."""

import re
from typing import Any

from bot.drills.stage import readable


def is_bots(message: dict[str, Any]) -> bool:
    """Whether the app wrote the message, for everybody."""
    return bool(message.get("bot_id")) and not message.get("ephemeral") and not message.get("subtype")


def plain(thing: dict[str, Any] | str) -> str:
    """The text, without what differs between runs: times, and the ids of people and channels."""
    text = thing if isinstance(thing, str) else readable([thing["text"], thing.get("blocks", [])])
    return re.sub(r"<!date[^>]*>|<@\w+>|<#\w+>", "…", text)
