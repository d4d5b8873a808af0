"""open: list, Home and tick, with 10,000 open incidents and a million timeline rows, then 90,000 closed ones."""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import delete

from bot import policy_file
from bot.core.clock import utc_now
from bot.engine.delivery.deliverer import AT_ONCE
from bot.engine.people import People
from bot.engine.store import leases
from bot.engine.store.database import Database
from bot.engine.store.tables import EffectRow, is_pending
from bot.incident.commands import registry
from bot.incident.commands.request import Request
from bot.incident.dispatch.dispatcher import Dispatcher
from tests.bench import databases
from tests.bench.filled import Filling, fill
from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Report, Target
from tests.conftest import StillClock
from tests.engine.world import ANNA, TEAM, World

TARGETS = (Target("closed_ratio", 1.5),)
DUE_AT_ONCE = 10
STAGGER = timedelta(milliseconds=100)  # ten become due in a second
STEP = STAGGER * DUE_AT_ONCE
ENOUGH_MS = 2.0  # a smaller difference is chance

Samples = dict[str, list[float]]


async def measure(given: Given) -> Report:
    """Run it on each database; the worse figure counts."""
    registry.discover()
    versions: dict[str, str] = {}
    few: dict[str, Samples] = {}
    many: dict[str, Samples] = {}
    filling = Filling(
        count=given.size(10_000, 12),
        entries=given.size(100, 5),
        due=utc_now() + timedelta(hours=1),
        stagger=STAGGER,
    )
    closed = Filling(count=given.size(90_000, 8), due=utc_now(), closed=True, first=filling.last + 1)
    for kind in given.databases:
        async with databases.opened(given, kind) as database:
            versions |= await databases.versions(database)
            bench = _Bench.of(database, filling.due)
            given.say(f"open: {filling.count} open incidents, {filling.entries} entries each, on {kind}")
            await fill(database, bench.world.policy, filling)
            few[kind] = await bench.samples(given)
            given.say(f"open: {closed.count} closed ones on {kind}")
            await fill(database, bench.world.policy, closed)
            many[kind] = await bench.samples(given)
    sizes = {
        "open": filling.count,
        "closed": closed.count,
        "timeline_rows": filling.count * filling.entries + closed.count * closed.entries,
    }
    return _report(sizes, few, many, versions)


def _report(
    sizes: dict[str, int], few: dict[str, Samples], many: dict[str, Samples], versions: dict[str, str]
) -> Report:
    figures: dict[str, float] = {}
    names = next(iter(many.values())).keys()
    for name in names:
        figures[f"{name}_ms_p50"] = max(p50(many[kind][name]) for kind in many)
        figures[f"{name}_ms_p99"] = max(p99(many[kind][name]) for kind in many)
    figures["tick_ms_p99"] = max(p99(many[kind][name]) for kind in many for name in ("tick_idle", "tick_due"))
    figures["closed_ratio"] = max(
        _ratio(few[kind][name], many[kind][name]) for kind in many for name in names
    )
    figures |= {f"{name}_ms_p99_{kind}": p99(many[kind][name]) for kind in many for name in names}
    return Report(
        name="open",
        figures={
            **figures,
            **sizes,
        },
        targets=TARGETS,
        versions=versions,
        remarks=(
            f"a tick_due finds {DUE_AT_ONCE} promises that have run out; claim_idle is the outbox's look for work, in vain",
            "closed_ratio: the fastest run with the closed incidents over the fastest without them, the worst of all",
        ),
    )


def _ratio(before: list[float], after: list[float]) -> float:
    return max(min(after), ENOUGH_MS) / max(min(before), ENOUGH_MS)


@dataclass(frozen=True, slots=True)
class _Bench:
    """The bot without Bolt on a database, and the time at which its next tick takes place."""

    world: World
    dispatcher: Dispatcher
    due: datetime
    moments: "itertools.count[int]"

    @classmethod
    def of(cls, database: Database, due: datetime) -> "_Bench":
        world = World(database, policy_file.load(), StillClock(due))
        people = People(database, world.slack.perform, world.clock, timeout=1.0)
        return cls(
            world,
            Dispatcher(database, world.acts, people.find, lambda: world.house.templates),
            due,
            itertools.count(),
        )

    async def samples(self, given: Given) -> Samples:
        """How many milliseconds each took, over many runs."""
        times = given.size(120, 1)
        timed: dict[str, Callable[[], Awaitable[object]]] = {
            "list": self._list,
            "home": self._home,
            "tick_idle": self._idle_tick,
            "claim_idle": self._claim,
            "tick_due": self._due_tick,
        }
        samples: Samples = {}
        for name, act in timed.items():
            await act()  # compiles the statements and reads the pages once
            samples[name] = [await _ms(act) for _ in range(times)]
            given.say(f"open: {name} p99 {p99(samples[name]):.1f} ms")
        async with self.world.database.writing() as session:  # as if delivered: the next round finds the same
            await session.exec(delete(EffectRow).where(is_pending(EffectRow)))
        return samples

    async def _list(self) -> None:
        answer = await self.dispatcher.command(self._request("list"))
        assert answer.message is not None

    async def _home(self) -> None:
        answer = await self.dispatcher.home(self._request(""))
        assert answer.view is not None

    async def _idle_tick(self) -> None:
        await self.world.database.now()  # as in the scheduled tick
        assert await self.world.due.tick(self.due - STEP) == 0

    async def _due_tick(self) -> None:
        await self.world.database.now()
        last = self.due + STEP * next(self.moments) + STAGGER * (DUE_AT_ONCE - 1)
        await self.world.due.tick(last)

    async def _claim(self) -> None:
        database = self.world.database
        async with database.writing() as session:
            assert not await leases.claim(session, TEAM, await database.now(), "bench", AT_ONCE)

    def _request(self, text: str) -> Request:
        return Request(
            id="bench",
            team=TEAM,
            actor=ANNA,
            now=self.due,
            policy=self.world.policy,
            channel="CGENERAL",
            text=text,
        )


async def _ms(act: Callable[[], Awaitable[object]]) -> float:
    began = asyncio.get_running_loop().time()
    await act()
    return (asyncio.get_running_loop().time() - began) * 1000
