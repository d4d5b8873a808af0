"""The composition root: everything is built here, once, and explicitly."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot import policy_file
from bot.config import Settings
from bot.core.clock import AgreedClock, Clock, Now, utc_now
from bot.core.jumps import Timer
from bot.core.metrics import Metrics
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.engine.clock.due import Due
from bot.engine.clock.ticking import ticking
from bot.engine.delivery import worker
from bot.engine.delivery.counting import counted
from bot.engine.delivery.deliverer import Deliverer
from bot.engine.delivery.mending import Mending
from bot.engine.delivery.receipts import Receipts
from bot.engine.delivery.shift import Ending, shift
from bot.engine.people import People
from bot.engine.store import outbox, revival
from bot.engine.store.database import Database
from bot.engine.store.errors import DatabaseAwayError
from bot.engine.store.schema import prepare
from bot.engine.watch import Link, Watch
from bot.incident import subject
from bot.incident.commands import registry
from bot.incident.dispatch.rooms import Rooms
from bot.incident.dispatch.watched import WatchedDispatcher
from bot.incident.effects.house import House
from bot.incident.store.figures import open_incidents
from bot.incident.views.check import check_templates
from bot.slack import acceptance, connection, http
from bot.slack import rooms as room_listeners
from bot.slack.acceptance import SlackUnwellError
from bot.slack.addresses import Addresses
from bot.slack.gateway import Gateway
from bot.slack.link import HttpLink
from bot.slack.listeners import listen
from bot.slack.reception import Reception
from bot.slack.sockets import Sockets
from bot.slack.tracing import Tracing
from bot.web.server import Server

Unwell = Callable[[SlackUnwellError | DatabaseAwayError], Awaitable[None]]

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """What runs: for the command line and the tests to hold on to.

    Attributes:
        delivering: ends only when it is told to, or when something is badly wrong.
    """

    database: Database
    house: House
    deliverer: Deliverer
    delivering: asyncio.Task[None]
    due: Due
    team: str
    bot_user: str
    watch: Watch


class Clocks(NamedTuple):
    """What time it is for people's acts, and for the outbox and reminders; and how time passes."""

    acts: Clock
    now: Now
    timer: Timer


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock | None = None,
    own_clock: Clock = utc_now,
    patience: connection.Patience = connection.USUAL,
    unwell: Unwell | None = None,
) -> AsyncIterator[App]:
    """The whole bot, connected to Slack until the end of the block.

    Args:
        settings: complete ones, with tokens.
        clock: practice and drills bring one that can be moved. Without, leases and reminders go by the database's,
            on which replicas agree, and people's acts by this machine's, as long as it is near to that.
        own_clock: this machine's clock, which may be wrong.
        patience: how long Slack's answers are waited for, and Slack waits for ours.
        unwell: awaited each time that Slack or the database cannot be asked at the start, before it is asked again.

    Raises:
        SlackRefusesError: Slack does not accept the settings.
        SlackUnwellError: Slack cannot be asked just now, and there is no `unwell`.
        DatabaseAwayError: likewise the database.
        DatabaseUnusableError: the database cannot be used.
        PolicyFileError: the policy file is broken.
        TemplateBrokenError: a template is broken.
    """
    registry.discover()
    house = make_house(settings)
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        metrics = Metrics()
        watch = Watch(database, metrics, open_incidents)
        server = Server(watch, signing_secret=settings.signing_secret, now=own_clock)
        if settings.port:
            await stack.enter_async_context(server.listening(settings.host, settings.port))
        await _patiently(lambda: prepare(database), unwell)
        clocks = _clocks(clock, own_clock, database)
        tracing = Tracing(settings.slack_api_url, metrics)
        client, http_session = await stack.enter_async_context(
            connection.web_client(settings.bot_token, settings.slack_api_url, patience, tracing)
        )
        me = await _accepted(client, settings, unwell)
        await _patiently(lambda: _take_over(database, me.team_id, clocks.now), unwell)
        house = replace(house, slack_url=me.url)

        perform = counted(Gateway(client, http_session).perform, metrics)
        name, woken = worker.name(), asyncio.Event()
        incident = subject.make(database, house, woken.set)
        subjects = {each.registry.subject: each for each in (incident.outgoing,)}
        deliverer = Deliverer(
            database=database,
            team=me.team_id,
            subjects=subjects,
            receipts=Receipts(subjects, metrics.reminded),
            perform=perform,
            now=clocks.now,
            worker=name,
            woken=woken,
            looked=watch.looked,
            timer=clocks.timer,
        )
        due = Due(database, me.team_id, (incident.dated,), woken.set, clocks.timer)
        mending = Mending(
            database,
            me.team_id,
            {name: each.registry for name, each in subjects.items()},
            common_channel=house.incidents_channel,
            perform=perform,
            now=clocks.now,
            committed=woken.set,
        )
        rooms = Rooms(database, incident.acts, me.team_id, woken.set)
        people = People(database, perform, clocks.acts, patience.aside)
        dispatcher = WatchedDispatcher(database, incident.acts, people.find, metrics)

        ending = Ending()
        delivering = await stack.enter_async_context(
            shift(deliverer, database, me.team_id, worker=name, ending=ending)
        )
        await stack.enter_async_context(ticking(due, (rooms.tick,), database, me.team_id, clocks.now))
        await stack.enter_async_context(mending.at_work())
        bolt = connection.bolt_app(client, me)
        listen(bolt, dispatcher, house.policy, clocks.acts, patience, metrics=metrics)
        room_listeners.listen(bolt, rooms, mending.reopened, clocks.acts)
        reception = Reception(bolt, metrics, me, Addresses(settings.slack_api_url), patience)
        if settings.uses_http:
            link: Link = HttpLink(client, tracing)
            await stack.enter_async_context(server.hearing(http.events(reception)))
        else:
            link = sockets = Sockets(
                bolt, settings.app_token, settings.sockets, metrics, reception, missed=rooms.missed
            )
            await stack.enter_async_context(sockets.open())
        watch.connected(me.team_id, clocks.now, link)
        log.info("warroom.ready", team=me.team_id, database=database.shown, http=settings.uses_http)
        try:
            yield App(database, house, deliverer, delivering, due, me.team_id, me.user_id, watch)
        finally:
            ending.begin()
            deliverer.stop()  # nothing new from here on, while what has arrived is still answered


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


async def _patiently(work: Callable[[], Awaitable[None]], unwell: Unwell | None) -> None:
    """Do what needs the database, as soon as it is there; without `unwell` now or never."""
    while True:
        try:
            await work()
        except DatabaseAwayError as error:
            if unwell is None:
                raise
            await unwell(error)
        else:
            return


async def _accepted(client: AsyncWebClient, settings: Settings, unwell: Unwell | None) -> acceptance.Identity:
    """Who Slack says that we are, as soon as it says anything."""
    while True:
        try:
            app_token = "" if settings.uses_http else settings.app_token
            return await acceptance.accepted(client, app_token, settings.incidents_channel)
        except SlackUnwellError as error:
            if unwell is None:
                raise
            await unwell(error)


async def _take_over(database: Database, team: str, now: Now) -> None:
    """What others have left behind: the leases of the dead, and what a clock that was wrong has put off."""
    async with database.at_the_start():
        moment = await now()
        async with database.writing() as session:
            await outbox.take_over(session, team, worker.is_gone)
            await outbox.settle(session, team, moment, leases=False)
        async with database.reading() as session:
            others = [each for each in await revival.teams(session) if each != team]
    if others:
        log.warning(
            "warroom.other_workspaces",
            team=team,
            others=others,
            hint="this database holds their incidents too, which are left alone; is it the one that you meant?",
        )


def _clocks(clock: Clock | None, own: Clock, database: Database) -> Clocks:
    """One for everything where one is given, which is moved on purpose and never jumps; otherwise see `running`."""
    if clock:
        return Clocks(acts=clock, now=_awaited(clock), timer=lambda: clock().timestamp())
    agreed = AgreedClock(own)

    async def now() -> datetime:
        told = await database.now()
        agreed.heard(told)
        return told

    return Clocks(acts=agreed, now=now, timer=time.monotonic)


def _awaited(clock: Clock) -> Now:
    async def now() -> datetime:
        return clock()

    return now
