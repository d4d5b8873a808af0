"""Bolt's listeners of channels that the bot can post in again."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncApp

Reopened = Callable[[str], Awaitable[object]]


def listen(app: AsyncApp, me: str, reopened: Reopened) -> None:
    """Hear of channels that were unarchived, and of those that the bot was invited to.

    Args:
        app: Bolt.
        me: the bot's user id.
        reopened: told the channel's id.
    """

    @app.event("member_joined_channel")
    async def joined(event: dict[str, Any]) -> None:
        if event["user"] == me:
            await reopened(event["channel"])

    async def unarchived(event: dict[str, Any]) -> None:
        await reopened(event["channel"])

    app.event("channel_unarchive")(unarchived)
    app.event("group_unarchive")(unarchived)
