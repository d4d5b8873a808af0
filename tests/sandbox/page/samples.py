"""A reader and an answer of `see`, for tests without a server."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.sandbox.page.reader import Reader

Json = dict[str, Any]

NOON = 1_764_072_000
"""Tuesday, 25 November 2025, 12:00 UTC; 13:00 in Berlin."""
ALICE: Json = {
    "id": "U1",
    "name": "alice",
    "real_name": "Alice Adams",
    "tz": "Europe/Berlin",
    "tz_offset": 3600,
}
BOB: Json = {"id": "U2", "name": "bob", "real_name": "Bob Brown", "tz": "Asia/Tokyo", "tz_offset": 32400}
GENERAL: Json = {
    "id": "C1",
    "name": "general",
    "is_private": False,
    "is_im": False,
    "is_member": True,
    "is_archived": False,
    "topic": "",
    "purpose": "",
    "num_members": 2,
    "unread": 0,
    "mentions": 0,
}
READER = Reader(
    user_id="U1",
    zone=ZoneInfo("Europe/Berlin"),
    now=datetime.fromtimestamp(NOON, UTC),
    users={"U1": ALICE, "U2": BOB},
    channels={"C1": GENERAL},
)


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrk(text: str) -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def said(text: str = "", ts: float = NOON, **more: Any) -> Json:
    """A message of Bob's."""
    return {"type": "message", "ts": f"{ts:.6f}", "user": "U2", "text": text, "channel": "C1", **more}


def seen(*messages: Json, channel: Json | None = None, **more: Any) -> Json:
    """What Alice sees in #general."""
    place = {
        **GENERAL,
        "creator": "U1",
        "members": ["U1", "U2"],
        "pins": [],
        "bookmarks": [],
        "canvas": None,
        "messages": list(messages),
        "has_more": False,
        **(channel or {}),
    }
    return {
        "ok": True,
        "seq": 1,
        "now": float(NOON),
        "stamp": "0.000000",
        "clock": {"running": True},
        "user": ALICE,
        "users": [{**ALICE, "is_bot": False}, {**BOB, "is_bot": False}],
        "app": {
            "id": "A1",
            "name": "Firefly",
            "bot_user_id": "UB",
            "home_tab_enabled": True,
            "commands": [],
            "shortcuts": [],
        },
        "channels": [{key: place[key] for key in GENERAL}],
        "channel": place,
        "thread": None,
        "modals": [],
        "field_errors": {},
        "home": None,
        "files": [],
        "canvases": [],
        **more,
    }
