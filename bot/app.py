"""The composition root: it lists the subjects and the outside worlds, and builds everything once and explicitly."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

import structlog

from bot.config import Settings
from bot.core.clock import Clock, utc_now
from bot.core.metrics import Metrics
from bot.engine.clock import clocks
from bot.engine.delivery.counting import counted
from bot.engine.delivery.taking_over import take_over
from bot.engine.engine import Around, Engine
from bot.engine.people import People
from bot.engine.store.database import Database
from bot.engine.store.schema import prepare
from bot.engine.subject import Subject
from bot.engine.watch import Link, Watch
from bot.incident import subject as incidents
from bot.incident.dispatch.watched import WatchedDispatcher
from bot.incident.effects.house import House
from bot.ports.slack.port import SLACK
from bot.slack import connection, http
from bot.slack import rooms as room_listeners
from bot.slack.addresses import Addresses
from bot.slack.gateway.gateway import Gateway
from bot.slack.link import HttpLink
from bot.slack.listeners import listen
from bot.slack.reception import Reception
from bot.slack.sockets import Sockets
from bot.slack.tracing import Tracing
from bot.starting import Unwell, accepted, make_house, patiently
from bot.subjects import FIGURES, ROUTES, discover_words
from bot.web import signature
from bot.web.server import Server

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class App:
    """The running bot, for the command line and the tests.

    Attributes:
        delivering: the deliverer's task; it ends only if it is told to, or if something is badly wrong.
    """

    database: Database
    house: House
    engine: Engine
    delivering: asyncio.Task[None]
    team: str
    bot_user: str
    watch: Watch


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock | None = None,
    own_clock: Clock = utc_now,
    patience: connection.Patience = connection.USUAL,
    unwell: Unwell | None = None,
) -> AsyncIterator[App]:
    """Run the whole bot, connected to Slack, until the end of the block.

    Args:
        settings: complete settings, with tokens.
        clock: a clock that can be moved, for practice and drills. Without it, leases and reminders use the database's
            clock, on which replicas agree, and people's acts use this machine's, as long as it is close to that one.
        own_clock: this machine's clock, which may be wrong.
        patience: how long we wait for Slack's answers, and how long Slack waits for ours.
        unwell: awaited each time that Slack or the database does not answer at the start, before the next try.

    Raises:
        SlackRefusesError: Slack does not accept the settings.
        SlackUnwellError: Slack cannot be asked at the moment, and there is no `unwell`.
        DatabaseAwayError: the database cannot be used at the moment, and there is no `unwell`.
        DatabaseUnusableError: the database cannot be used.
        PolicyFileError: the policy file is broken.
        TemplateBrokenError: a template is broken.
    """
    discover_words()
    house = make_house(settings)
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        metrics = Metrics()
        watch = Watch(database, metrics, FIGURES)
        slack_events = (
            [signature.events(settings.signing_secret, own_clock)] if settings.signing_secret else []
        )
        server = Server(watch, [*slack_events, *ROUTES])
        if settings.port:
            await stack.enter_async_context(server.listening(settings.host, settings.port))
        await patiently(lambda: prepare(database), unwell)
        time = clocks.moved(clock) if clock else clocks.agreed(own_clock, database)
        tracing = Tracing(settings.slack_api_url, metrics)
        client, http_session = await stack.enter_async_context(
            connection.web_client(settings.bot_token, settings.slack_api_url, patience, tracing)
        )
        me = await patiently(lambda: accepted(client, settings), unwell)
        await patiently(lambda: take_over(database, me.team_id, time.now), unwell)
        house = replace(house, slack_url=me.url)

        perform = counted(SLACK, Gateway(client, http_session).perform, metrics)
        around = Around(
            database=database,
            team=me.team_id,
            clocks=time,
            metrics=metrics,
            performs={SLACK.key: perform},
            woken=asyncio.Event(),
            looked=watch.looked,
            common_channel=house.incidents_channel,
        )
        incident = incidents.make(database, house, me.team_id, around.woken.set)
        subjects: list[Subject] = [incident]
        engine = Engine(around, subjects)
        delivering = await stack.enter_async_context(engine.at_work())

        people = People(database, perform, time.acts, patience.aside)
        dispatcher = WatchedDispatcher(
            database, {each.name: each.acts for each in subjects}, people.find, metrics
        )
        bolt = connection.bolt_app(client, me)
        listen(bolt, dispatcher, house.policy, time.acts, patience, metrics=metrics)
        room_listeners.listen(bolt, incident.rooms, engine.mending.reopened, time.acts)
        reception = Reception(bolt, metrics, me, Addresses(settings.slack_api_url), patience)
        hearing = {path: hear for each in subjects for path, hear in each.hearing.items()}
        if settings.uses_http:
            link: Link = HttpLink(client, tracing)
            hearing |= {route.path: http.events(reception) for route in slack_events}
        else:
            link = sockets = Sockets(
                bolt,
                settings.app_token,
                settings.sockets,
                metrics,
                reception,
                socket_addresses=me.socket_addresses,
                missed=incident.rooms.missed,
            )
            await stack.enter_async_context(sockets.open())
        if hearing:
            await stack.enter_async_context(server.hearing(hearing))
        watch.connected(me.team_id, time.now, link)
        log.info("warroom.ready", team=me.team_id, database=database.shown, http=settings.uses_http)
        try:
            yield App(database, house, engine, delivering, me.team_id, me.user_id, watch)
        finally:
            engine.stop()
