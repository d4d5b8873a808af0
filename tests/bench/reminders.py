"""reminders: ten thousand promises run out in the same moment. Claimed how fast, the event loop held how long."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot import policy_file
from bot.application.calls import Call, Delivered, Post, Result
from bot.application.incidents import Incidents
from bot.application.outbox import Deliverer
from bot.application.receipts import Receipts
from bot.application.reminders import Reminders
from bot.application.rendering import House
from bot.clock import utc_now
from bot.resources import shipped
from bot.store.database import Database
from bot.views.templates import Templates
from tests.bench import databases
from tests.bench.filled import Filling, fill, room
from tests.bench.given import Given
from tests.bench.loop_watch import LoopWatch
from tests.bench.report import Bar, Report

BARS = (Bar("claim_s", 1), Bar("loop_held_ms", 50), Bar("lost", 0), Bar("twice", 0))
OVERDUE = timedelta(seconds=1)


@dataclass(slots=True)
class Slack:
    """Takes every message and counts what each war room got."""

    given: Given
    got: Counter[str] = field(default_factory=Counter)

    async def perform(self, call: Call, doubt: bool = False) -> Result:  # noqa: FBT001, FBT002  # `Perform`'s shape
        """Post it."""
        del doubt
        if not isinstance(call, Post):
            return Delivered()
        self.got[call.channel] += 1
        if self.got.total() % 1_000 == 0:
            self.given.say(f"reminders: {self.got.total()} delivered")
        return Delivered({"channel": call.channel, "ts": f"{self.got.total()}.000100"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was measured on one database; seconds, milliseconds, counts."""

    claim_s: float
    loop_held_ms: float
    deliver_s: float
    lost: int
    twice: int


async def measure(given: Given) -> Report:
    """Run it on each database; the worse figure counts."""
    count = given.size(10_000, 25)
    outcomes: dict[str, Outcome] = {}
    versions: dict[str, str] = {}
    for kind in given.databases:
        given.say(f"reminders: {count} incidents on {kind}")
        async with databases.opened(given, kind) as database:
            versions |= await databases.versions(database)
            outcomes[kind] = await _remind(given, database, count)
    each = outcomes.values()
    figures: dict[str, float | int] = {
        "claim_s": max(one.claim_s for one in each),
        "loop_held_ms": max(one.loop_held_ms for one in each),
        "lost": sum(one.lost for one in each),
        "twice": sum(one.twice for one in each),
        "incidents": count,
    }
    for kind, one in outcomes.items():
        figures |= {
            f"claim_s_{kind}": one.claim_s,
            f"loop_held_ms_{kind}": one.loop_held_ms,
            f"deliver_s_{kind}": one.deliver_s,
        }
    return Report(
        name="reminders",
        figures=figures,
        bars=BARS,
        wrong=int(figures["lost"] + figures["twice"]),
        versions=versions,
        remarks=(
            "delivered to a Slack that answers at once: deliver_s is what the database and this process need",
        ),
    )


async def _remind(given: Given, database: Database, count: int) -> Outcome:
    policy = policy_file.load()
    now = utc_now()
    await fill(database, policy, Filling(open=count, due=now - OVERDUE))
    woken = asyncio.Event()
    reminders = Reminders(database, policy, has_channel=False, committed=woken.set)
    loop = asyncio.get_running_loop()
    began = loop.time()
    with LoopWatch() as watch:
        claimed = await reminders.tick(now)
    claim_s = loop.time() - began
    again = await reminders.tick(now)  # a second look at the same moment finds nothing

    slack = Slack(given)
    deliverer = _deliverer(database, slack, now, woken)
    began = loop.time()
    await deliverer.drain()
    got = [slack.got[room(number)] for number in range(1, count + 1)]
    return Outcome(
        claim_s=claim_s,
        loop_held_ms=watch.longest_ms,
        deliver_s=loop.time() - began,
        lost=max(got.count(0), count - claimed),
        twice=sum(times > 1 for times in got) + again,
    )


def _deliverer(database: Database, slack: Slack, now: datetime, woken: asyncio.Event) -> Deliverer:
    """Wired as `bot.app` does it, at a moment that does not pass."""
    policy = policy_file.load()

    async def moment() -> datetime:
        return now

    return Deliverer(
        database=database,
        house=House(policy, Templates(shipped("templates"))),
        receipts=Receipts(Incidents(database, policy, woken.set)),
        perform=slack.perform,
        now=moment,
        worker="bench",
        woken=woken,
    )
