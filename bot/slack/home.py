"""Bolt's listeners for the Home tab. It is published when a person opens it, refreshes it or has declared from it."""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.core import deadline
from bot.core.clock import Clock
from bot.incident.commands.request import Request
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.incident.domain.policy import Policy
from bot.incident.views.home import REFRESH, TASK_DONE
from bot.incident.views.modals import OPENING
from bot.slack import payloads
from bot.slack.connection import Timeouts
from bot.slack.errors import NETWORK_ERRORS, reason

log = structlog.get_logger(__name__)


def listen(
    app: AsyncApp, dispatcher: Dispatcher, policy: Callable[[], Policy], now: Clock, timeouts: Timeouts
) -> None:
    """Register the listeners of the Home tab, before the listener of all buttons: Bolt takes the first that matches."""

    async def publish(client: AsyncWebClient, request: Request) -> None:
        """Publish the tab. If that fails, it is published the next time the person opens it."""
        home = await dispatcher.home(request)
        try:
            async with asyncio.timeout(deadline.left(timeouts.answer)):
                await client.views_publish(user_id=request.actor, view=home.view or {})
        except (SlackApiError, *NETWORK_ERRORS) as error:
            log.warning("slack.home_not_published", error=reason(error))

    @app.event("app_home_opened")
    async def opened(body: dict[str, Any], client: AsyncWebClient) -> None:
        if body["event"].get("tab", "home") == "home":
            await publish(client, payloads.from_home(body, now(), policy()))

    @app.block_action(REFRESH)
    async def refreshed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await publish(client, payloads.from_button(body, now(), policy()))
        await ack()

    @app.block_action(TASK_DONE)
    async def task_done(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Mark a task as done and publish the tab, which then shows what became of it, even if it was refused."""
        request = payloads.from_button(body, now(), policy())
        await dispatcher.button(TASK_DONE, request)
        await publish(client, request)
        await ack()

    @app.view_closed(OPENING)
    async def declared(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Publish the tab when a form is closed, because the person may see the tab again."""
        await publish(client, payloads.from_form(body, now(), policy()))
        await ack()
