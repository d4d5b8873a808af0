"""Bolt's listeners for the Home tab.

It is published when a person opens it, after each press on it, and after each form that was opened from it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import structlog
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.core import deadline
from bot.core.blocks import Block
from bot.core.clock import Clock
from bot.incident.commands.request import Request
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.incident.domain.policy import Policy
from bot.incident.views.home import EARLIER, LATER, REFRESH, SHOW, TASK_DONE
from bot.incident.views.modals import OPENING
from bot.slack import payloads
from bot.slack.background import Background
from bot.slack.connection import Timeouts
from bot.slack.errors import NETWORK_ERRORS, reason
from bot.slack.newer_blocks import NewerBlocks

REMEMBERED = 2000  # people whose choice is known without their tab

log = structlog.get_logger(__name__)


class HomeTabs:
    """Publishes people's Home tabs.

    A tab remembers which incidents it shows. A form does not bring the tab that it was opened from, so the latest
    choices are kept here too; after a restart such a form shows all incidents again.
    """

    def __init__(self, dispatcher: Dispatcher, timeouts: Timeouts, newer: NewerBlocks) -> None:
        self._dispatcher = dispatcher
        self._timeouts = timeouts
        self._newer = newer
        self._remembered: OrderedDict[str, Mapping[str, Any]] = OrderedDict()
        self._background = Background()

    async def publish(self, client: AsyncWebClient, request: Request) -> None:
        """Publish the tab. If that fails, it is published the next time the person opens it."""
        remembered = request.metadata or self._remembered.get(request.actor, {})
        self._remembered[request.actor] = remembered
        self._remembered.move_to_end(request.actor)
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)
        home = await self._dispatcher.home(replace(request, metadata=remembered))
        view = home.view or {"blocks": []}

        async def send(blocks: list[Block]) -> AsyncSlackResponse:
            async with asyncio.timeout(deadline.left(self._timeouts.answer)):
                return await client.views_publish(user_id=request.actor, view=view | {"blocks": blocks})

        try:
            await self._newer.send(view["blocks"], send)
        except (SlackApiError, *NETWORK_ERRORS) as error:
            log.warning("slack.home_not_published", error=reason(error))

    def publish_after(self, client: AsyncWebClient, request: Request) -> None:
        """Publish the tab after the ack of a form that was opened from it."""
        self._background.start(self.publish(client, replace(request, metadata={})))


def listen(
    app: AsyncApp,
    dispatcher: Dispatcher,
    policy: Callable[[], Policy],
    now: Clock,
    timeouts: Timeouts,
    *,
    newer: NewerBlocks,
) -> HomeTabs:
    """Register the listeners of the Home tab, before the listener of all buttons: Bolt takes the first that matches."""
    tabs = HomeTabs(dispatcher, timeouts, newer)

    @app.event("app_home_opened")
    async def opened(body: dict[str, Any], client: AsyncWebClient) -> None:
        if body["event"].get("tab", "home") == "home":
            await tabs.publish(client, payloads.from_home(body, now(), policy()))

    async def pressed(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        await tabs.publish(client, payloads.from_home_press(body, now(), policy()))
        await ack()

    for action_id in (REFRESH, EARLIER, LATER, SHOW):
        app.block_action(action_id)(pressed)

    @app.block_action(TASK_DONE)
    async def task_done(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Mark a task as done and publish the tab, which then shows what became of it, even if it was refused."""
        await dispatcher.button(TASK_DONE, payloads.from_button(body, now(), policy()))
        await tabs.publish(client, payloads.from_home_press(body, now(), policy()))
        await ack()

    @app.view_closed(OPENING)
    async def declared(ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient) -> None:
        """Publish the tab when a form is closed, because the person may see the tab again."""
        await tabs.publish(client, replace(payloads.from_form(body, now(), policy()), metadata={}))
        await ack()

    return tabs
