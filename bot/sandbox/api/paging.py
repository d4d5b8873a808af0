"""Pages of long lists."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from bot.sandbox.api.call import Call
from bot.sandbox.core.errors import SlackError

Item = TypeVar("Item")

# Slack docs, pagination: a page holds at most a thousand items.
LARGEST = 1000


def page(call: Call, items: Sequence[Item], default: int = 100) -> tuple[Sequence[Item], dict[str, Any]]:
    """The requested page, and the `response_metadata` with the cursor of the next one.

    Raises:
        SlackError: `invalid_limit` or `invalid_cursor`.
    """
    limit = call.args["limit"] or default
    if not 0 < limit <= LARGEST:
        raise call.refusal("invalid_limit")
    start = _decode(call.args["cursor"])
    end = start + limit
    cursor = base64.b64encode(f"next:{end}".encode()).decode() if end < len(items) else ""
    return items[start:end], {"next_cursor": cursor}


def _decode(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next" and number.isdigit():
            return int(number)
    except (ValueError, binascii.Error):
        pass
    raise SlackError("invalid_cursor")
