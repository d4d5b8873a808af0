"""metrics: `/incident metrics` on 5,000 incidents with histories, from the command to the answer."""

import asyncio
import time
from dataclasses import dataclass, field

from bot import policy_file
from bot.core.clock import utc_now
from bot.engine.people import People
from bot.engine.store.database import Database
from bot.incident.commands.request import Request
from bot.incident.dispatch.dispatcher import Dispatcher
from bot.incident.domain.incident import fold
from bot.incident.store.incidents import INCIDENTS
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
from tests.review.histories import GAP, entries, histories

TARGETS = (Target("metrics_s", 1),)
ASKED = {"metrics": "metrics 2y", "severity": "metrics 2y sev1", "compared": "metrics {half}d vs before"}


@dataclass
class _Samples:
    """What was measured on one database.

    Attributes:
        seconds: how long each answer took, by what was asked for.
        cpu: how much processor time an answer took, in seconds, without what the database's own process needs.
        held_ms: the longest time that the event loop was blocked.
        wrong: how many answers had no figures.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    cpu: list[float] = field(default_factory=list)
    held_ms: float = 0.0
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
            given.say(f"metrics: filling {count} incidents on {kind}")
            rows = await _fill(database, count)
            found[kind] = await _samples(given, database, count)
            if database.is_sqlite:
                floor_s = reading.records_s(str(database.url.database), count)
    took = {name: max(p50(each.seconds[name]) for each in found.values()) for name in ASKED}
    worst = max(max(each.seconds["metrics"]) for each in found.values())
    over = (
        {"over_floor": p50(found["sqlite"].seconds["metrics"]) / floor_s, "floor_s": floor_s}
        if floor_s
        else {}
    )
    return Report(
        name="metrics",
        figures={
            "metrics_s": took["metrics"],
            "metrics_s_worst": worst,
            "cpu_s": max(p50(each.cpu) for each in found.values()),
            "severity_s": took["severity"],
            "compared_s": took["compared"],
            **over,
            "loop_held_ms": max(each.held_ms for each in found.values()),
            **{f"metrics_s_{kind}": p50(each.seconds["metrics"]) for kind, each in found.items()},
            "incidents": count,
            "timeline_rows": rows,
        },
        targets=TARGETS,
        wrong=sum(each.wrong for each in found.values()),
        versions=versions,
        remarks=(
            "floor_s: all states and timelines read by sqlite3 and parsed by json, and one duration of each sorted",
            "compared: two halves with what chance explains, and what could be seen at all",
        ),
    )


async def _fill(database: Database, count: int) -> int:
    """Store generated incidents. Returns how many timeline rows they have."""
    rows, now = 0, utc_now()
    async with database.with_timeout(LONG).writing() as session:
        for history in histories(count, now=now):
            await INCIDENTS.add(session, TEAM, fold(history), entries(history), now=now, next_look_at=None)
            rows += len(history)
    return rows


async def _samples(given: Given, database: Database, count: int) -> _Samples:
    world = World(database, policy_file.load(), StillClock(utc_now()))
    people = People(database, world.slack.perform, world.clock, timeout=1.0)
    dispatcher = Dispatcher(database, world.acts, people.find, lambda: world.house.templates)
    half = max(round(count * GAP.total_seconds() / 86_400 / 2), 1)
    samples = _Samples()
    for name, text in ASKED.items():
        request = Request(
            id="bench",
            team=TEAM,
            actor=ANNA,
            now=world.clock(),
            policy=world.policy,
            channel="CGENERAL",
            text=text.format(half=half),
        )
        await dispatcher.command(request)  # compiles the statements and reads the pages once
        samples.seconds[name] = []
        for _ in range(given.size(7, 1)):
            began, used = asyncio.get_running_loop().time(), time.process_time()
            with LoopWatch() as watch:
                answer = await dispatcher.command(request)
            samples.seconds[name].append(asyncio.get_running_loop().time() - began)
            samples.cpu += [time.process_time() - used] if name == "metrics" else []
            samples.held_ms = max(samples.held_ms, watch.longest_ms)
            samples.wrong += answer.message is None or "Time to resolve" not in answer.message.text
        given.say(f"metrics: {name} {p50(samples.seconds[name]):.2f} s")
    return samples
