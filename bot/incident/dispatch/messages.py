"""Reads a message that somebody has marked with a reaction, while they wait."""

import asyncio

from bot.core import deadline
from bot.core.messages import FoundMessage
from bot.ports.port import Delivered, Perform
from bot.ports.slack.calls import FetchMessage


class Messages:
    """Reads messages.

    Args:
        perform: asks Slack.
        timeout: how long Slack may take, in seconds.
    """

    def __init__(self, perform: Perform, timeout: float) -> None:
        self._perform = perform
        self._timeout = timeout

    async def find(self, channel: str, ts: str) -> FoundMessage | None:
        """What it says; None if Slack could not be asked in time, or does not show it."""
        try:
            async with asyncio.timeout(deadline.left(self._timeout, deadline.DONE)):
                result = await self._perform(FetchMessage(channel, ts), False)  # noqa: FBT003  # `Perform`'s shape
        except TimeoutError:
            return None
        if not isinstance(result, Delivered) or not result.receipt:
            return None
        return FoundMessage(result.receipt.get("text", ""), result.receipt.get("link", ""))
