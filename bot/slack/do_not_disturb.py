"""Bolt's listener for people who change their do-not-disturb."""

from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.core.clock import Clock
from bot.incident.dispatch.do_not_disturb import DoNotDisturb
from bot.slack import lookup


def listen(app: AsyncApp, do_not_disturb: DoNotDisturb, now: Clock) -> None:
    """Register the listener."""

    @app.event("dnd_updated_user")
    async def changed(body: dict[str, Any]) -> None:
        event = body["event"]
        await do_not_disturb.changed(event["user"], lookup.schedule(event["dnd_status"]), now())
