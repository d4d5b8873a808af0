"""Bolt's listeners of the Home tab: it is published to whoever opens it, refreshes it or has declared from it."""

import asyncio
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
from bot.incident.views.home import REFRESH
from bot.incident.views.modals import OPENING
from bot.slack import payloads
from bot.slack.connection import Patience
from bot.slack.errors import NETWORK_ERRORS, reason

log = structlog.get_logger(__name__)


def listen(app: AsyncApp, dispatcher: Dispatcher, policy: Policy, now: Clock, patience: Patience) -> None:
    """Register what concerns the Home tab. Before the listener of all buttons: Bolt asks the first that fits."""

    async def publish(client: AsyncWebClient, request: Request) -> None:
        """Show the tab. Where that fails nothing is lost: opened again, it is shown."""
        home = await dispatcher.home(request)
        try:
            async with asyncio.timeout(deadline.left(patience.answer)):
                await client.views_publish(user_id=request.actor, view=home.view or {})
        except (SlackApiError, *NETWORK_ERRORS) as error:
            log.warning("slack.home_not_published", error=reason(error))

    @app.event("app_home_opened")
    async def opened(body: dict[str, Any], client: AsyncWebClient) -> None:
        if body["event"].get("tab", "home") == "home":
            await publish(client, payloads.from_home(body, now(), policy))

    @app.block_action(REFRESH)
    async def refreshed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await publish(client, payloads.from_button(body, now(), policy))
        await ack()

    @app.view_closed(OPENING)
    async def declared(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """It may have been declared from the tab, which is in sight again now."""
        await publish(client, payloads.from_form(body, now(), policy))
        await ack()
