"""Is Slack well, where it calls us? Asked by probes, so that whoever keeps us running knows."""

import asyncio
import time

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.errors import NETWORK_ERRORS, code
from bot.slack.tracing import Tracing

PATIENCE = 2.0  # seconds; a Slack that has not answered by then does not answer
PAUSE = 10.0  # seconds until Slack is asked again


class HttpLink:
    """Signed HTTP: Slack calls us, so only its answers to our own calls tell whether it can be reached.

    Where the last was no answer, Slack is asked anew: nobody may call us while we seem unwell.

    Args:
        client: asks Slack who we are.
        tracing: knows whether Slack answered last.
    """

    sockets = 0

    def __init__(self, client: AsyncWebClient, tracing: Tracing) -> None:
        self._client = client
        self._tracing = tracing
        self._asked_at = float("-inf")
        self._told = ""

    async def trouble(self) -> str:
        """Empty where Slack's last answer was one."""
        if self._tracing.answered:
            return ""
        if time.monotonic() - self._asked_at >= PAUSE:
            self._asked_at = time.monotonic()
            self._told = await self._ask()
        return self._told

    async def _ask(self) -> str:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._client.auth_test()
        except SlackApiError as error:
            return f"Slack answers {code(error)}"
        except NETWORK_ERRORS as error:
            return f"Slack does not answer ({type(error).__name__})"
        return ""
