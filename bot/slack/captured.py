"""Bolt's listener for messages that were edited or deleted: `Receiver` acks all others."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.core.clock import Clock
from bot.incident.dispatch.captured import Captured
from bot.slack import reading

_PEOPLE = ("U", "W")  # the first letters of people's ids; an app edits its messages too


def listen(app: AsyncApp, captured: Captured, now: Clock) -> None:
    """Register the listener."""

    @app.event("message")
    async def changed(body: dict[str, Any]) -> None:
        event = body["event"]
        if event.get("subtype") == "message_deleted":
            await captured.deleted(event["channel"], event["deleted_ts"], now())
        elif event.get("subtype") == "message_changed":
            message = event["message"]
            text = reading.read(message, with_links=True).text
            await captured.edited(event["channel"], message["ts"], text, _editor(message), now())


def _editor(message: dict[str, Any]) -> str:
    """The person who edited it; empty if it was an app, or if Slack does not say."""
    editor = (message.get("edited") or {}).get("user")
    return editor if isinstance(editor, str) and editor.startswith(_PEOPLE) else ""
