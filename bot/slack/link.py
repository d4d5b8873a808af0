"""Whether Slack can be reached with signed HTTP, for the probes."""

import asyncio
import time

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.errors import NETWORK_ERRORS, code
from bot.slack.tracing import Tracing

TIMEOUT = 2.0  # seconds to wait for Slack's answer
PAUSE = 10.0  # seconds until Slack is asked again


class HttpLink:
    """The link to Slack with signed HTTP: Slack calls us, so only its answers to our own calls show whether it works.

    If the last call had no answer, Slack is asked again, because a load balancer may send us no calls until we are
    ready.

    Args:
        client: asks Slack who we are.
        tracing: knows whether Slack answered the last call.
    """

    sockets = 0

    def __init__(self, client: AsyncWebClient, tracing: Tracing) -> None:
        self._client = client
        self._tracing = tracing
        self._asked_at = float("-inf")
        self._trouble = ""

    async def trouble(self) -> str:
        """What is wrong; empty if Slack answered the last call."""
        if self._tracing.answered:
            return ""
        if time.monotonic() - self._asked_at >= PAUSE:
            self._asked_at = time.monotonic()
            self._trouble = await self._ask()
        return self._trouble

    async def _ask(self) -> str:
        try:
            async with asyncio.timeout(TIMEOUT):
                await self._client.auth_test()
        except SlackApiError as error:
            return f"Slack answers {code(error)}"
        except NETWORK_ERRORS as error:
            return f"Slack does not answer ({type(error).__name__})"
        return ""
