"""The way to Slack: the client and the Bolt app."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.core import deadline
from bot.slack.acceptance import Identity
from bot.slack.tracing import Tracing


@dataclass(frozen=True, slots=True)
class Patience:
    """How long Slack's answers are waited for, in seconds; they usually take a fraction of one.

    Attributes:
        call: where nobody waits: the outbox tries again.
        answer: where somebody does, and the act must be acked within three seconds, in which all of its calls
            have to find room: opening a form, answering.
        aside: likewise, for what an act can do without: a name, a link.
        ack: from the arrival of an act until Slack gives it up.
    """

    call: float = 10.0
    answer: float = 1.2
    aside: float = 0.5
    ack: float = deadline.SLACK_WAITS


USUAL = Patience()
# Seconds for which an idle connection is kept: somebody takes their time over a form, and each new one would cost two
# round trips just when the war room opens. (aiohttp keeps 15.)
KEPT = 55.0


@asynccontextmanager
async def web_client(
    token: str, api_url: str, patience: Patience = USUAL, tracing: Tracing | None = None
) -> AsyncIterator[tuple[AsyncWebClient, aiohttp.ClientSession]]:
    """The official client on one HTTP session, without retries of its own: the outbox is the authority for them."""
    timeout = aiohttp.ClientTimeout(total=patience.call)
    heard = [tracing.config()] if tracing else None
    connector = aiohttp.TCPConnector(keepalive_timeout=KEPT)
    async with aiohttp.ClientSession(connector=connector, timeout=timeout, trace_configs=heard) as session:
        yield AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[]), session


def bolt_app(client: AsyncWebClient, me: Identity) -> AsyncApp:
    """Bolt, so set that an ack means: it is committed.

    Who we are is known since the start. Left to itself, Bolt would ask Slack at the first event, and refuse that
    one while Slack is down.
    """
    ours = AuthorizeResult(
        enterprise_id=None,
        team_id=me.team_id,
        bot_user_id=me.user_id,
        bot_id=me.bot_id or None,
        bot_token=client.token,
    )

    async def authorize() -> AuthorizeResult:
        return ours

    return AsyncApp(
        name="warroom",  # without one Bolt looks through every loaded module for who called it
        client=client,
        authorize=authorize,
        request_verification_enabled=False,  # `bot.web.gate` does, on the raw bytes; sockets have their token
        raise_error_for_unhandled_request=True,  # it is acked and counted; Bolt would log it, payload and all
        process_before_response=True,
        logger=quiet("bolt"),
    )


def quiet(name: str) -> logging.Logger:
    """The libraries log every payload at debug level, and payloads hold what people typed: stay above it."""
    logger = logging.getLogger(f"warroom.{name}")
    logger.setLevel(logging.WARNING)
    logger.addFilter(_is_news)
    return logger


def _is_news(record: logging.LogRecord) -> bool:
    """Bolt reads SLACK_BOT_TOKEN itself, and remarks that it does not need it, or not the client's."""
    said = record.getMessage()
    return "`token` will be unused" not in said and "will be ignored" not in said
