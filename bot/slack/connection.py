"""The connection to Slack: the client and the Bolt app."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient

from bot.core import deadline
from bot.slack.setup_check import Identity
from bot.slack.tracing import Tracing


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Time limits for Slack's answers, in seconds. Slack usually answers in a fraction of a second.

    Attributes:
        call: for calls for which nobody waits; the outbox tries again.
        answer: for calls during an act, such as opening a form or answering: all of them must fit into three seconds.
        optional: for calls during an act whose result it can do without, such as a name or a link.
        ack: from the arrival of an act until Slack gives up.
    """

    call: float = 10.0
    answer: float = 1.2
    optional: float = 0.5
    ack: float = deadline.SLACK_WAITS


DEFAULT_TIMEOUTS = Timeouts()
# Seconds for which an idle connection is kept. People may take long over a form, and a new connection would cost two
# round trips just when the war room opens. (aiohttp's default is 15.)
KEPT = 55.0


@asynccontextmanager
async def web_client(
    token: str, api_url: str, timeouts: Timeouts = DEFAULT_TIMEOUTS, tracing: Tracing | None = None
) -> AsyncIterator[tuple[AsyncWebClient, aiohttp.ClientSession]]:
    """The official client on one HTTP session. It does not retry: only the outbox does."""
    timeout = aiohttp.ClientTimeout(total=timeouts.call)
    trace_configs = [tracing.config()] if tracing else None
    connector = aiohttp.TCPConnector(keepalive_timeout=KEPT)
    async with aiohttp.ClientSession(
        connector=connector, timeout=timeout, trace_configs=trace_configs
    ) as session:
        yield AsyncWebClient(token=token, base_url=api_url, session=session, retry_handlers=[]), session


def bolt_app(client: AsyncWebClient, me: Identity) -> AsyncApp:
    """The Bolt app, configured so that an ack means that the act is committed.

    The identity is known from the start. Otherwise Bolt would ask Slack at the first event, and refuse that event
    while Slack is down.
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
        name="warroom",  # without a name Bolt searches all loaded modules for its caller
        client=client,
        authorize=authorize,
        request_verification_enabled=False,  # `bot.web.gate` verifies the raw bytes; sockets have their token
        raise_error_for_unhandled_request=True,  # we ack and count it; Bolt would log it with its payload
        process_before_response=True,
        logger=quiet("bolt"),
    )


def quiet(name: str) -> logging.Logger:
    """A logger for a library, above debug level, because the libraries log payloads there, with what people typed."""
    logger = logging.getLogger(f"warroom.{name}")
    logger.setLevel(logging.WARNING)
    logger.addFilter(_is_news)
    return logger


def _is_news(record: logging.LogRecord) -> bool:
    """Whether a log record is worth logging: Bolt warns that it ignores SLACK_BOT_TOKEN or the client's token."""
    said = record.getMessage()
    return "`token` will be unused" not in said and "will be ignored" not in said
