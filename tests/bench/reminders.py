"""reminders: ten thousand updates become due at once. How fast they are claimed, how long the event loop is blocked."""

import asyncio
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

from bot import policy_file
from bot.cli.run import freeze_garbage_collector
from bot.core.clock import utc_now
from bot.engine.store.database import Database
from bot.ports.slack.calls import Post
from tests.bench import databases
from tests.bench.filled import Filling, fill, room
from tests.bench.floors import batches
from tests.bench.given import Given
from tests.bench.loop_watch import LoopWatch
from tests.bench.report import Report, Target
from tests.conftest import StillClock
from tests.engine.world import TEAM, World

TARGETS = (Target("claim_over_floor", 2.5), Target("lost", 0), Target("twice", 0))
OVERDUE = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured on one database: seconds, milliseconds, counts."""

    claim_s: float
    floor_s: float
    over_floor: float
    loop_held_ms: float
    lost: int
    twice: int
    deliver_s: float = 0.0
    deliver_held_ms: float = 0.0


async def measure(given: Given) -> Report:
    """Run it on each database; the worse figure counts."""
    count = given.size(10_000, 25)
    outcomes: dict[str, Outcome] = {}
    versions: dict[str, str] = {}
    with databases.one_server(given) as on_one:
        for kind in given.databases:
            given.say(f"reminders: {count} incidents on {kind}")
            outcomes[kind], version = await _rounds(on_one, kind, count)
            versions |= version
    each = outcomes.values()
    figures: dict[str, float | int] = {
        "claim_s": max(one.claim_s for one in each),
        "claim_over_floor": max(one.over_floor for one in each),
        "loop_held_ms": max(one.loop_held_ms for one in each),
        "lost": sum(one.lost for one in each),
        "twice": sum(one.twice for one in each),
        "incidents": count,
    }
    for kind, one in outcomes.items():
        figures |= {
            f"claim_s_{kind}": one.claim_s,
            f"floor_s_{kind}": one.floor_s,
            f"claim_over_floor_{kind}": one.over_floor,
            f"loop_held_ms_{kind}": one.loop_held_ms,
            f"deliver_s_{kind}": one.deliver_s,
            f"deliver_held_ms_{kind}": one.deliver_held_ms,
        }
    return Report(
        name="reminders",
        figures=figures,
        targets=TARGETS,
        wrong=int(figures["lost"] + figures["twice"]),
        versions=versions,
        remarks=(
            "the middle one of three rounds; floor_s: the same rows, written by the database's driver alone in batches as large",
            "delivered to a Slack that answers at once: deliver_s is what the database and this process need",
        ),
    )


async def _rounds(given: Given, kind: str, count: int) -> tuple[Outcome, dict[str, str]]:
    """Several rounds on new databases of a kind, of which the last delivers; and the version of the database."""
    rounds: list[Outcome] = []
    for turn in range(times := given.size(3, 1)):
        async with databases.opened(given, kind) as database, databases.opened(given, kind) as another:
            version = await databases.versions(database)
            rounds.append(await _remind(given, (database, another), count, deliver=turn == times - 1))
    return _median(rounds), version


def _median(rounds: list[Outcome]) -> Outcome:
    """The round with the median ratio, with everything that was lost, and what the last round delivered."""
    middle = sorted(rounds, key=lambda one: one.over_floor)[len(rounds) // 2]
    return replace(
        middle,
        deliver_s=rounds[-1].deliver_s,
        deliver_held_ms=rounds[-1].deliver_held_ms,
        lost=sum(one.lost for one in rounds),
        twice=sum(one.twice for one in rounds),
    )


async def _remind(given: Given, pair: tuple[Database, Database], count: int, *, deliver: bool) -> Outcome:
    """Remind on the first of two equal databases, and write the same rows without the bot into the second."""
    database, another = pair
    policy = policy_file.load()
    world = World(database, policy, StillClock(utc_now()))
    filling = Filling(count=count, due=world.clock() - OVERDUE)
    await fill(database, policy, filling)
    await fill(another, policy, filling)
    loop = asyncio.get_running_loop()
    freeze_garbage_collector()  # as in the bot once it is ready
    began = loop.time()
    with LoopWatch() as watch:
        claimed = await world.tick()
    claim_s = loop.time() - began
    again = await world.tick()  # a second look at the same time finds nothing
    given.say("reminders: writing the same rows bare")
    floor_s = await batches.write_s(another, await batches.claimed(database), TEAM, world.clock())

    outcome = Outcome(
        claim_s=claim_s,
        floor_s=floor_s,
        over_floor=claim_s / floor_s,
        loop_held_ms=watch.longest_ms,
        lost=count - claimed,
        twice=again,
    )
    given.say(f"reminders: {claim_s:.2f} s, and {floor_s:.2f} s bare")
    if not deliver:
        return outcome
    given.say("reminders: delivering them")
    began = loop.time()
    with LoopWatch() as delivering:
        await world.deliver()
    got = Counter(post.channel for post in world.slack.of(Post))
    times = [got[room(number)] for number in range(1, count + 1)]
    return replace(
        outcome,
        deliver_s=loop.time() - began,
        deliver_held_ms=delivering.longest_ms,
        lost=max(times.count(0), count - claimed),
        twice=again + sum(each > 1 for each in times),
    )
