"""The composition root: it lists the subjects and the outside worlds, and builds everything once and explicitly."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import NamedTuple

import structlog
from slack_bolt.async_app import AsyncApp

from bot import tracking
from bot.config import Settings
from bot.core.clock import Clock, utc_now
from bot.core.current import Current
from bot.core.metrics import Metrics
from bot.core.page_links import PageLinks
from bot.core.route import Route
from bot.engine import findings
from bot.engine.clock import clocks
from bot.engine.delivery.counting import counted
from bot.engine.delivery.taking_over import take_over
from bot.engine.engine import Engine, Environment
from bot.engine.monitor import Link, Monitor
from bot.engine.people import People
from bot.engine.retention import Retention
from bot.engine.store.database import Database, Session
from bot.engine.store.schema import prepare
from bot.engine.user_groups import UserGroups
from bot.followup import near_miss_subject as near_misses
from bot.followup import reactions as followup_reactions
from bot.followup import subject as followups
from bot.followup.near_miss_subject import NearMissSubject
from bot.followup.store.records import action_records
from bot.followup.subject import FollowupSubject
from bot.incident import subject as incidents
from bot.incident.dispatch.channels import Channels
from bot.incident.dispatch.instrumented import InstrumentedDispatcher
from bot.incident.dispatch.messages import Messages
from bot.incident.dispatch.neighbours import Neighbours
from bot.incident.dispatch.unfurls import Unfurls
from bot.incident.effects.installation import Installation
from bot.incident.store.elsewhere import Reaction
from bot.incident.subject import IncidentSubject
from bot.pages import every_page
from bot.ports.slack.port import SLACK
from bot.ports.trackers.port import TRACKER
from bot.reloading import reload
from bot.review import subject as boards
from bot.review.commands.board_loaded import PACK
from bot.review.subject import BoardSubject
from bot.slack import captured as captured_listener
from bot.slack import connection, http, newer_blocks
from bot.slack import do_not_disturb as do_not_disturb_listener
from bot.slack import rooms as room_listeners
from bot.slack import unfurls as unfurl_listeners
from bot.slack.addresses import Addresses
from bot.slack.gateway.gateway import Gateway
from bot.slack.link import HttpLink
from bot.slack.listeners import listen
from bot.slack.marks import marks_of
from bot.slack.receiver import Receiver
from bot.slack.sockets import Sockets
from bot.slack.tracing import Tracing
from bot.starting import (
    OnUnavailable,
    broken_templates,
    check_slack,
    load_installation,
    retry_until_available,
)
from bot.subjects import FIGURES, ROUTES, SUBJECTS, discover_commands
from bot.vendors import trackers
from bot.web import signature
from bot.web.pages.opening import Opening
from bot.web.pages.routes import PageRoutes
from bot.web.server import Server

log = structlog.get_logger(__name__)

# What happens in one subject and matters to another, committed with it; beside these, `NearMissSubject.declared`.
REACTIONS: Sequence[Reaction] = (
    followup_reactions.declared,  # an incident is declared: which open action items were going to prevent it?
)


@dataclass(frozen=True, slots=True)
class App:
    """The running bot, for the command line and the tests.

    Attributes:
        installation: policy, templates and channels that count now.
        delivering: the deliverer's task; it ends only if it is told to, or if something is badly wrong.
        reload: reads policy and templates anew, and returns a sentence about what came of it.
    """

    database: Database
    installation: Current[Installation]
    engine: Engine
    delivering: asyncio.Task[None]
    team: str
    bot_user: str
    monitor: Monitor
    reload: Callable[[], Awaitable[str]]


async def _problems(session: Session, team: str, now: datetime) -> Sequence[findings.Finding]:
    return await findings.of_delivery(session, SUBJECTS, team, now)


def _listen_to_events(
    bolt: AsyncApp, incident: IncidentSubject, engine: Engine, user_groups: UserGroups, now: Clock
) -> None:
    """Register the listeners to what happens in Slack without an act of a person towards the bot."""
    room_listeners.listen(bolt, incident.rooms, engine.reopened_channels.reopened, user_groups.changed, now)
    captured_listener.listen(bolt, incident.captured, now)
    do_not_disturb_listener.listen(bolt, incident.do_not_disturb, now)


class _Subjects(NamedTuple):
    """All subjects, built."""

    incident: IncidentSubject
    followup: FollowupSubject
    near_miss: NearMissSubject
    board: BoardSubject


def _subjects(environment: Environment, installation: Current[Installation]) -> _Subjects:
    """Build the subjects, and hand over to each what others bring."""
    database, committed = environment.database, environment.woken.set
    near_miss = near_misses.make(database, installation, committed)
    incident = incidents.make(
        database,
        installation,
        environment.team,
        committed,
        action_items=followup_reactions.ACTION_ITEMS,
        reactions=(*REACTIONS, near_miss.declared),
    )
    followup = followups.make(database, installation, committed)
    board = boards.make(database, installation, environment.team, committed)
    return _Subjects(incident, followup, near_miss, board)


def _engine(environment: Environment, subjects: _Subjects, installation: Current[Installation]) -> Engine:
    """Build the engine, with what it does at each tick for all subjects."""
    streams = {name: each.streams for name, each in SUBJECTS.items()}
    retention = Retention(
        environment.database, environment.team, streams, lambda: installation().policy.retention
    )
    return Engine(environment, subjects, [retention.tick])


def _neighbours(subjects: _Subjects, messages: Messages, links: PageLinks | None) -> Neighbours:
    """What other subjects bring to people's acts."""
    return Neighbours(
        loaders={**subjects.followup.loaders, **subjects.near_miss.loaders, **subjects.board.loaders},
        keepers=subjects.followup.keepers,
        duties=(subjects.followup.duties,),
        action_items=followup_reactions.ACTION_ITEMS.of_incidents,
        action_records=action_records,
        find_message=messages.find,
        page_links=links,
    )


def _slack_events(settings: Settings, own_clock: Clock) -> Sequence[Route]:
    """Where Slack calls us, if it does."""
    return [signature.events(settings.signing_secret, own_clock)] if settings.signing_secret else []


@asynccontextmanager
async def _listening(
    settings: Settings, monitor: Monitor, routes: Sequence[Route], pages: PageRoutes
) -> AsyncIterator[Server]:
    """The HTTP server, which listens if there is a port for it."""
    server = Server(monitor, [*routes, *ROUTES], pages=pages)
    async with AsyncExitStack() as stack:
        if settings.port:
            await stack.enter_async_context(server.listening(settings.host, settings.port))
        yield server


def _opening(
    settings: Settings,
    environment: Environment,
    installation: Current[Installation],
    people: People,
    board: BoardSubject,
) -> Opening | None:
    """What opens pages; None where they are files only."""
    if settings.page_links is None:
        return None
    return Opening(
        links=settings.page_links,
        pages=every_page(environment.database, installation, people.find, board.loaders[PACK]),
        database=environment.database,
        team=environment.team,
        find_person=people.find_now,
        now=environment.clocks.acts,
    )


@asynccontextmanager
async def running(
    settings: Settings,
    clock: Clock | None = None,
    own_clock: Clock = utc_now,
    timeouts: connection.Timeouts = connection.DEFAULT_TIMEOUTS,
    on_unavailable: OnUnavailable | None = None,
) -> AsyncIterator[App]:
    """Run the whole bot, connected to Slack, until the end of the block.

    Args:
        settings: complete settings, with tokens.
        clock: a clock that can be moved, for practice and drills. Without it, leases and reminders use the database's
            clock, on which replicas agree, and people's acts use this machine's, as long as it is close to that one.
        own_clock: this machine's clock, which may be wrong.
        timeouts: how long we wait for Slack's answers, and how long Slack waits for ours.
        on_unavailable: awaited each time that Slack or the database does not answer at the start, before the next try.

    Raises:
        SlackRefusesError: Slack does not accept the settings.
        SlackUnavailableError: Slack cannot be asked at the moment, and there is no `on_unavailable`.
        DatabaseUnavailableError: the database cannot be used at the moment, and there is no `on_unavailable`.
        DatabaseUnusableError: the database cannot be used.
        InstallationError: the policy or a template has mistakes.
    """
    discover_commands()
    metrics = Metrics()
    loaded = load_installation(settings, broken_templates(metrics))
    async with AsyncExitStack() as stack:
        database = Database(settings.database_url)
        stack.push_async_callback(database.close)
        monitor = Monitor(database, metrics, FIGURES)
        connected = await stack.enter_async_context(tracking.connected(settings))
        pages = PageRoutes(settings.page_links)
        routes = [*_slack_events(settings, own_clock), *trackers.routes(connected.secrets)]
        server = await stack.enter_async_context(_listening(settings, monitor, routes, pages))
        await retry_until_available(lambda: prepare(database), on_unavailable)
        time = clocks.manual(clock) if clock else clocks.corrected(own_clock, database)
        tracing = Tracing(settings.slack_api_url, metrics)
        client, http_session = await stack.enter_async_context(
            connection.web_client(settings.bot_token, settings.slack_api_url, timeouts, tracing)
        )
        me = await retry_until_available(lambda: check_slack(client, settings), on_unavailable)
        await retry_until_available(lambda: take_over(database, me.team_id, time.now), on_unavailable)
        installation = Current(replace(loaded, slack_url=me.url, sees_do_not_disturb=me.may("dnd:read")))

        newer = await newer_blocks.load(database, me.team_id, time.acts)
        perform = counted(SLACK, Gateway(client, http_session, newer).perform, metrics)
        environment = Environment(
            database=database,
            team=me.team_id,
            clocks=time,
            metrics=metrics,
            performs={SLACK.key: perform, TRACKER.key: counted(TRACKER, connected.perform, metrics)},
            woken=asyncio.Event(),
            polled=monitor.polled,
            common_channel=settings.incidents_channel,
        )
        subjects = _subjects(environment, installation)
        engine = _engine(environment, subjects, installation)
        delivering = await stack.enter_async_context(engine.at_work())

        user_groups = await stack.enter_async_context(
            UserGroups(
                database, me.team_id, lambda: installation().policy.groups, perform, time.now
            ).at_work()
        )
        people = People(database, perform, time.acts, timeouts.optional)
        dispatcher = InstrumentedDispatcher(
            database,
            {each.name: each.acts for each in subjects},
            people.find,
            lambda: installation().templates,
            metrics,
            find_channel=Channels(
                database, me.team_id, perform, settings.incidents_channel, timeouts.optional
            ).find,
            find_problems=_problems,
            neighbours=_neighbours(subjects, Messages(perform, timeouts.optional), settings.page_links),
        )
        bolt = connection.bolt_app(client, me)
        listen(
            bolt, dispatcher, lambda: installation().policy, time.acts, timeouts, metrics=metrics, newer=newer
        )
        _listen_to_events(bolt, subjects.incident, engine, user_groups, time.acts)
        unfurl_listeners.listen(
            bolt, Unfurls(database, people.find, perform), perform, lambda: installation().policy, time.acts
        )
        receiver = Receiver(
            bolt,
            metrics,
            me,
            Addresses(settings.slack_api_url),
            timeouts,
            marks=lambda: marks_of(installation().policy, me.user_id),
        )
        http_handlers = {
            **{path: handler for each in subjects for path, handler in each.http_handlers.items()},
            **await stack.enter_async_context(
                tracking.followed(connected, environment, subjects.followup.acts, installation)
            ),
        }
        if settings.uses_http:
            link: Link = HttpLink(client, tracing)
            http_handlers |= {
                route.path: http.events(receiver) for route in _slack_events(settings, own_clock)
            }
        else:
            link = sockets = Sockets(
                bolt,
                settings.app_token,
                settings.sockets,
                metrics,
                receiver,
                socket_addresses=me.socket_addresses,
                missed=subjects.incident.rooms.missed,
            )
            await stack.enter_async_context(sockets.open())
        if http_handlers:
            await stack.enter_async_context(server.handling(http_handlers))
        pages.serve(_opening(settings, environment, installation, people, subjects.board))
        monitor.connected(me.team_id, time.now, link)
        log.info("warroom.ready", team=me.team_id, database=database.shown, http=settings.uses_http)
        try:
            yield App(
                database,
                installation,
                engine,
                delivering,
                me.team_id,
                me.user_id,
                monitor,
                partial(reload, settings, installation, broken_templates(metrics)),
            )
        finally:
            engine.stop()
