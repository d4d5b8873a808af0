"""Bolt's listeners for reactions and pins. Those that mark nothing do not come here: `Receiver` acks them."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.core import deadline
from bot.core.blocks import Block, Message
from bot.core.clock import Clock
from bot.incident.commands.request import Request
from bot.incident.dispatch.answers import Answer
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.incident.domain.policy import Policy
from bot.slack import lookup, payloads
from bot.slack.connection import Timeouts
from bot.slack.errors import NETWORK_ERRORS, reason
from bot.slack.marks import marks_of
from bot.slack.newer_blocks import NewerBlocks

log = structlog.get_logger(__name__)


def listen(
    app: AsyncApp,
    dispatcher: Dispatcher,
    policy: Callable[[], Policy],
    now: Clock,
    timeouts: Timeouts,
    *,
    newer: NewerBlocks,
) -> None:
    """Register the listeners."""
    answers: set[asyncio.Task[None]] = set()

    @app.event("reaction_added")
    @app.event("pin_added")  # Bolt leaves out the bot's own pins
    async def mark(body: dict[str, Any], client: AsyncWebClient) -> None:
        if shortcut := marks_of(policy()).shortcut(body["event"]):
            request = payloads.from_mark(body, now(), policy())
            answer(client, request, await dispatcher.shortcut(shortcut, request))

    @app.event("reaction_removed")
    async def unmark(body: dict[str, Any], client: AsyncWebClient) -> None:
        if marks_of(policy()).removes(body["event"]):
            request = payloads.from_mark(body, now(), policy())
            answer(client, request, await dispatcher.unmarked(request))

    def answer(client: AsyncWebClient, request: Request, answered: Answer) -> None:
        """Answer after the ack: in busy channels the ack must not wait for Slack's answer."""
        if answered.message:
            answering = asyncio.create_task(_answer_mark(client, request, answered.message, timeouts, newer))
            answers.add(answering)
            answering.add_done_callback(answers.discard)


async def _answer_mark(
    client: AsyncWebClient, request: Request, message: Message, timeouts: Timeouts, newer: NewerBlocks
) -> None:
    """Answer a mark next to the marked message: in its thread, if it is a reply."""
    ts = request.message.ts if request.message else ""
    try:
        async with asyncio.timeout(timeouts.answer):
            thread = await lookup.thread_of(client, request.channel, ts)
    except TimeoutError:
        thread = ""
    await post_ephemeral(
        client, request.channel, request.actor, message, timeouts, newer=newer, thread=thread
    )


async def post_ephemeral(
    client: AsyncWebClient,
    channel: str,
    user: str,
    message: Message,
    timeouts: Timeouts,
    *,
    newer: NewerBlocks,
    thread: str = "",
) -> None:
    """Answer with an ephemeral message if there is no response URL. If that fails, the act is still committed."""

    async def send(blocks: list[Block]) -> AsyncSlackResponse:
        async with asyncio.timeout(deadline.left(timeouts.answer)):
            return await client.chat_postEphemeral(
                channel=channel,
                user=user,
                text=str(message.text),
                blocks=blocks,
                thread_ts=thread or None,
            )

    try:
        await newer.send(message.blocks, send)
    except (SlackApiError, *NETWORK_ERRORS) as error:
        log.warning("slack.not_shown_privately", error=reason(error))
