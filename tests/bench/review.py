"""review: the pack of a week among 5,000 incidents, from the command to the answer, and its page."""

import asyncio
import time
from dataclasses import dataclass, field
from datetime import timedelta

from bot import policy_file
from bot.core.clock import utc_now
from bot.engine.people import People
from bot.engine.store.database import Database
from bot.incident.commands.request import Request
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident, fold
from bot.incident.domain.vocabulary import Severity
from bot.incident.store.incidents import INCIDENTS
from bot.review.dispatch.making import Packs
from bot.review.domain.board_span import read_board_span
from bot.review.views.board_page import board_page
from bot.subjects import discover_commands
from tests.bench import databases
from tests.bench.filled import LONG
from tests.bench.floors import reading
from tests.bench.given import Given
from tests.bench.loop_watch import LoopWatch
from tests.bench.percentiles import p50
from tests.bench.report import Report, Target
from tests.conftest import StillClock
from tests.engine.world import ANNA, TEAM, World
from tests.review.histories import entries, histories

TARGETS = (Target("review_s", 1),)
ASKED = "review last week"
ONE_OPEN_IN = 20  # of the postmortems that became owed, so many are still owed


@dataclass
class _Samples:
    """What was measured on one database.

    Attributes:
        seconds: how long each answer took.
        cpu: how much processor time, without what the database's own process needs.
        held_ms: the longest time that the event loop was blocked.
        page_kb: the size of the page.
        page_s: how long it took to write it.
        in_week: how many incidents the pack has.
        wrong: how many answers had no pack.
    """

    seconds: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    held_ms: float = 0.0
    page_kb: float = 0.0
    page_s: float = 0.0
    in_week: int = 0
    wrong: int = 0


async def measure(given: Given) -> Report:
    """Run it on each database; the worse figure counts."""
    discover_commands()
    count, versions = given.size(5_000, 40), dict[str, str]()
    found: dict[str, _Samples] = {}
    floor_s = 0.0
    for kind in given.databases:
        async with databases.opened(given, kind) as database:
            versions |= await databases.versions(database)
            given.say(f"review: filling {count} incidents on {kind}")
            await _fill(database, count)
            found[kind] = await _samples(given, database)
            if database.is_sqlite:
                floor_s = reading.week_s(str(database.url.database), count)
    took = max(p50(each.seconds) for each in found.values())
    over = {"over_floor": p50(found["sqlite"].seconds) / floor_s, "floor_s": floor_s} if floor_s else {}
    return Report(
        name="review",
        figures={
            "review_s": took,
            "review_s_worst": max(max(each.seconds) for each in found.values()),
            "cpu_s": max(p50(each.cpu) for each in found.values()),
            **over,
            **{f"review_s_{kind}": p50(each.seconds) for kind, each in found.items()},
            "loop_held_ms": max(each.held_ms for each in found.values()),
            "page_kb": max(each.page_kb for each in found.values()),
            "page_s": max(each.page_s for each in found.values()),
            "incidents": count,
            "incidents_in_week": max(each.in_week for each in found.values()),
        },
        targets=TARGETS,
        wrong=sum(each.wrong for each in found.values()),
        versions=versions,
        remarks=(
            "floor_s: sqlite3 finds the declarations of 13 weeks and reads these states and timelines, parsed by json",
            "a postmortem became owed of each SEV1 and SEV2 that is over, and of one in twenty it still is",
        ),
    )


async def _fill(database: Database, count: int) -> None:
    """Store generated incidents, with postmortems that became owed."""
    now = utc_now()
    async with database.with_timeout(LONG).writing() as session:
        for history in histories(count, now=now):
            whole = [*history, *_owed(fold(history))]
            await INCIDENTS.add(session, TEAM, fold(whole), entries(whole), now=now, next_look_at=None)


def _owed(incident: Incident) -> list[facts.Fact]:
    """That a postmortem became owed, and, of most, that nobody wants it any more."""
    at = incident.ended_at
    if at is None or incident.worst > Severity.SEV2 or incident.status.is_set_aside:
        return []
    owed = facts.PostmortemOwed(at=at, by=ANNA, due_at=at + timedelta(days=7))
    if incident.number % ONE_OPEN_IN == 0:
        return [owed]
    return [owed, facts.PostmortemNotWanted(at=at, by=ANNA, reason="Nothing was learned")]


async def _samples(given: Given, database: Database) -> _Samples:
    world = World(database, policy_file.load(), StillClock(utc_now()))
    people = People(database, world.slack.perform, world.clock, timeout=1.0)
    dispatcher = Dispatcher(
        database, world.acts, people.find, lambda: world.house.templates, neighbours=world.neighbours
    )
    request = Request(
        id="bench",
        team=TEAM,
        actor=ANNA,
        now=world.clock(),
        policy=world.policy,
        channel="CGENERAL",
        text=ASKED,
    )
    samples = _Samples()
    await dispatcher.command(request)  # compiles the statements and reads the pages once
    clock = asyncio.get_running_loop().time
    for _ in range(given.size(7, 1)):
        began, used = clock(), time.process_time()
        with LoopWatch() as watch:
            answer = await dispatcher.command(request)
        samples.seconds.append(clock() - began)
        samples.cpu.append(time.process_time() - used)
        samples.held_ms = max(samples.held_ms, watch.longest_ms)
        samples.wrong += answer.message is None or "Review board" not in answer.message.text
    asked = read_board_span("last week", world.clock())
    pack = await Packs(database, lambda: world.policy).make(TEAM, asked, world.clock())  # type: ignore[arg-type]  # it is a span
    began = clock()
    page = board_page(pack, {})
    samples.page_s, samples.page_kb = clock() - began, len(page.encode()) / 1000
    samples.in_week = len(pack.incidents)
    given.say(
        f"review: {p50(samples.seconds):.2f} s, {samples.in_week} incidents, page {samples.page_kb:.0f} kB"
    )
    return samples
