"""What the sandbox finds wrong with blocks and views, without a call."""

from typing import Any

from bot.sandbox.blocks import validate
from bot.sandbox.core.errors import SlackError


def problems_of_blocks(*blocks: Any) -> list[str]:
    try:
        validate.check_message_blocks(list(blocks))
    except SlackError as refusal:
        return list(refusal.extra["errors"])
    return []


def problems_of_view(view: dict[str, Any]) -> list[str]:
    try:
        validate.check_view(view)
    except SlackError as refusal:
        return list(refusal.extra["response_metadata"]["messages"])
    return []
