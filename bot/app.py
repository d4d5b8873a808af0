"""The composition root: everything is built here, once, and explicitly."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import policy_file
from bot.application.dispatch import Dispatcher
from bot.application.incidents import Incidents
from bot.application.outbox import Deliverer
from bot.application.people import People
from bot.application.receipts import Receipts
from bot.application.reminders import Reminders
from bot.application.rendering import House
from bot.clock import Clock, utc_now
from bot.commands import registry
from bot.config import Settings
from bot.resources import shipped
from bot.slack import connection, http
from bot.slack.errors import NETWORK_ERRORS, code
from bot.slack.gateway import Gateway
from bot.slack.listeners import listen
from bot.store.database import Database
from bot.store.migrate import upgrade
from bot.views.check import check_templates
from bot.views.templates import Templates
from bot.web import server

TICK_SECONDS = 1

log = structlog.get_logger(__name__)


class CannotStartError(Exception):
    """Something outside refuses; the message says what and what to do about it."""


@dataclass(frozen=True, slots=True)
class App:
    """What runs: for the command line and the tests to hold on to."""

    database: Database
    house: House
    deliverer: Deliverer
    reminders: Reminders
    team: str
    bot_user: str


@asynccontextmanager
async def running(settings: Settings, now: Clock = utc_now) -> AsyncIterator[App]:
    """The whole bot, connected to Slack until the end of the block.

    Args:
        settings: complete ones, with tokens.
        now: the clock; practice and drills bring one that can be moved.

    Raises:
        CannotStartError: Slack does not accept the settings.
        DatabaseUnusableError: the database cannot be used.
        PolicyFileError: the policy file is broken.
        TemplateBrokenError: a template is broken.
    """
    registry.discover()
    house = make_house(settings)
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        await upgrade(database)
        token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
        client, session = await stack.enter_async_context(
            connection.web_client(token, settings.slack_api_url)
        )
        team, bot_user = await _who_am_i(client, settings)

        gateway = Gateway(client, session)
        woken = asyncio.Event()
        incidents = Incidents(database, house.policy, woken.set)
        deliverer = Deliverer(
            database=database,
            house=house,
            receipts=Receipts(incidents),
            perform=gateway.perform,
            now=now,
            worker=f"{socket.gethostname()}:{os.getpid()}",
            woken=woken,
        )
        has_channel = bool(house.incidents_channel)
        reminders = Reminders(database, house.policy, has_channel=has_channel, committed=woken.set)
        dispatcher = Dispatcher(database, incidents, People(database, gateway.perform).find)

        await stack.enter_async_context(_background(deliverer))
        await stack.enter_async_context(_ticking(reminders, now))
        await stack.enter_async_context(_listening(settings, client, dispatcher, house, now))
        log.info("warroom.ready", team=team, database=database.shown, http=settings.uses_http)
        yield App(database, house, deliverer, reminders, team, bot_user)


def make_house(settings: Settings) -> House:
    """Read policy and templates, and try each template.

    Raises:
        PolicyFileError: the policy file is broken.
        TemplateBrokenError: a template is broken.
    """
    policy = policy_file.load(settings.policy_file or policy_file.DEFAULT)
    templates = Templates(shipped("templates"), settings.templates_dir)
    check_templates(templates, policy)
    return House(policy, templates, settings.incidents_channel)


async def _who_am_i(client: AsyncWebClient, settings: Settings) -> tuple[str, str]:
    """Ask Slack whether it accepts what we were given; wrong settings are told now, not when they are needed."""
    try:
        me = await client.auth_test()
        await _check_app_token(client, settings)
        await _check_channel(client, settings.incidents_channel)
    except SlackApiError as error:
        raise CannotStartError(
            f"Slack refuses SLACK_BOT_TOKEN: {code(error)}. Install the app again and copy its token anew."
        ) from error
    except NETWORK_ERRORS as error:
        raise CannotStartError(
            f"cannot reach {settings.slack_api_url}: {error}. Check the network."
        ) from error
    return str(me["team_id"]), str(me["user_id"])


async def _check_app_token(client: AsyncWebClient, settings: Settings) -> None:
    """The Socket Mode client would try a wrong token for ever."""
    if settings.uses_http or settings.slack_app_token is None:
        return
    try:
        await client.apps_connections_open(app_token=settings.slack_app_token.get_secret_value())
    except SlackApiError as error:
        raise CannotStartError(
            f"Slack refuses SLACK_APP_TOKEN: {code(error)}. It needs the scope connections:write, and Socket Mode "
            "must be on in the app's settings."
        ) from error


async def _check_channel(client: AsyncWebClient, channel: str) -> None:
    try:
        if channel:
            await client.conversations_info(channel=channel)
    except SlackApiError as error:
        if code(error) == "unknown_method":
            return  # a server that speaks only a part of Slack's API; announcing will show
        raise CannotStartError(
            f"INCIDENTS_CHANNEL {channel} cannot be used: {code(error)}. Check the id, and invite the app if the "
            "channel is private."
        ) from error


@asynccontextmanager
async def _background(deliverer: Deliverer) -> AsyncIterator[None]:
    """The deliverer at work; at the end it finishes what it has begun."""
    task = asyncio.create_task(deliverer.run(), name="deliverer")
    try:
        yield
    finally:
        deliverer.stop()
        await task


@asynccontextmanager
async def _ticking(reminders: Reminders, now: Clock) -> AsyncIterator[None]:
    """APScheduler is the clock and knows nothing: one job that asks what is due, never two of it at once."""
    at_work = asyncio.Lock()

    async def tick() -> None:
        async with at_work:
            await reminders.tick(now())

    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        tick, "interval", seconds=TICK_SECONDS, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.start()
    try:
        yield
    finally:
        async with at_work:  # a tick that has begun ends before the database is closed
            scheduler.shutdown(wait=False)


@asynccontextmanager
async def _listening(
    settings: Settings, client: AsyncWebClient, dispatcher: Dispatcher, house: House, now: Clock
) -> AsyncIterator[None]:
    """Hear Slack: by signed HTTP where there is a signing secret and a port, otherwise by Socket Mode."""
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else None
    bolt = connection.bolt_app(client, secret if settings.uses_http else None)
    listen(bolt, dispatcher, house.policy, now)
    if settings.uses_http and settings.port:
        async with server.serving(http.events(bolt), settings.host, settings.port):
            yield
        return
    app_token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
    async with connection.sockets(bolt, app_token, settings.sockets):
        yield
