"""scale: do everyday acts take longer with 100,000 closed incidents in the database than with 100?"""

import asyncio
import itertools
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta

from bot import policy_file
from bot.cli import doctor
from bot.config import GivenSettings
from bot.core.clock import utc_now
from bot.engine.clock.housekeeping import tidy
from bot.engine.store.database import Database
from tests.bench import databases
from tests.bench.filled import Filling, fill, room
from tests.bench.given import Given
from tests.bench.percentiles import p50
from tests.bench.report import Report, Target
from tests.conftest import StillClock
from tests.engine.user import User
from tests.engine.world import World

TARGETS = (Target("worst_growth", 1.5),)
OPEN = 12
ENOUGH_MS = 2.0  # a smaller difference is chance
LONG = 20.0  # seconds after which an act was measured often enough
LATER = timedelta(hours=1)  # nothing becomes due in this time

Samples = dict[str, list[float]]


async def measure(given: Given) -> Report:
    """Run it on each database; the worse figure counts."""
    with databases.one_server(given) as on_one:
        return await _measure(on_one)


async def _measure(given: Given) -> Report:
    few, many = given.size(100, 8), given.size(100_000, 16)
    growth: dict[str, float] = {}
    figures: dict[str, float] = {}
    versions: dict[str, str] = {}
    for kind in given.databases:
        async with AsyncExitStack() as stack:
            opened = [await stack.enter_async_context(databases.opened(given, kind)) for _ in (few, many)]
            versions |= await databases.versions(opened[0])
            for database, closed in zip(opened, (few, many), strict=True):
                given.say(f"scale: {closed} closed incidents on {kind}")
                await _fill(database, closed)
            small, large = (_Bench.of(database) for database in opened)
            await _sample(given, small, large)
        for name in small.samples:
            before, after = p50(small.samples[name]), p50(large.samples[name])
            growth[f"{name}_growth_{kind}"] = max(after, ENOUGH_MS) / max(before, ENOUGH_MS)
            figures |= {f"{name}_ms_few_{kind}": before, f"{name}_ms_many_{kind}": after}
    return Report(
        name="scale",
        figures={
            "worst_growth": max(growth.values()),
            "worst": max(growth, key=growth.__getitem__),
            **growth,
            **figures,
            "few": few,
            "many": many,
        },
        targets=TARGETS,
        versions=versions,
        remarks=(
            "growth: the median with many closed incidents over that with few; what takes less than 2 ms counts as 2 ms",
            "declare and note: until it is committed; tick: all that the scheduled one does; doctor: without Slack",
        ),
    )


async def _fill(database: Database, closed: int) -> None:
    policy = policy_file.load()
    due = utc_now() + LATER
    await fill(database, policy, Filling(count=OPEN, due=due))
    await fill(database, policy, Filling(count=closed, due=due, closed=True, entries=4, first=OPEN + 1))


@dataclass
class _Bench:
    """The bot without Bolt on a database.

    Attributes:
        samples: how many milliseconds each act took, over many runs.
        numbers: a counter, so that no two acts are the same.
    """

    database: Database
    user: User
    samples: Samples = field(default_factory=dict)
    numbers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    @classmethod
    def of(cls, database: Database) -> "_Bench":
        return cls(database, User(World(database, policy_file.load(), StillClock(utc_now()))))

    def acts(self) -> dict[str, Callable[[], Awaitable[bool]]]:
        """The acts that are measured; each returns whether it did what it should."""
        return {
            "declare": self._declare,
            "list": self._list,
            "home": self._home,
            "note": self._note,
            "tick": self._tick,
        }

    async def _declare(self) -> bool:
        number = next(self.numbers)
        answer = await self.user.word(f"declare sev3 Service {number} is failing", channel="CGENERAL")
        return answer.message is not None and not answer.undone

    async def _list(self) -> bool:
        answer = await self.user.word("list", channel="CGENERAL")
        return answer.message is not None

    async def _home(self) -> bool:
        return (await self.user.dispatcher.home(self.user.request(channel=""))).view is not None

    async def _note(self) -> bool:
        answer = await self.user.word(f"note Carts fail, take {next(self.numbers)}", channel=room(1))
        return answer.refused is None and not answer.undone

    async def _tick(self) -> bool:
        world, now = self.user.world, await self.database.now()
        reminded = await world.due.tick(now)
        await world.rooms.tick(now)
        await tidy(self.database, world.team, now)
        return reminded == 0

    async def examine(self) -> bool:
        """`warroom doctor`, which asks nothing of Slack without tokens."""
        url = self.database.url.set(drivername=self.database.url.get_backend_name())
        settings = GivenSettings(database_url=url.render_as_string(hide_password=False))
        return await doctor.check(settings, lambda _line: None)


async def _sample(given: Given, small: _Bench, large: _Bench) -> None:
    """Measure each act on both in turn, so that a disturbance of the machine affects both."""
    for name in small.acts():
        await _in_turns(name, [(bench, bench.acts()[name]) for bench in (small, large)], given.size(60, 1))
        given.say(f"scale: {name} {p50(small.samples[name]):.1f} and {p50(large.samples[name]):.1f} ms")
    await _in_turns("doctor", [(bench, bench.examine) for bench in (small, large)], given.size(5, 1))
    given.say(f"scale: doctor {p50(small.samples['doctor']):.0f} and {p50(large.samples['doctor']):.0f} ms")


async def _in_turns(name: str, acts: list[tuple[_Bench, Callable[[], Awaitable[bool]]]], times: int) -> None:
    """Measure an act this many times, or fewer if it takes long.

    Raises:
        RuntimeError: it did not do what it should.
    """
    loop = asyncio.get_running_loop()
    begun = loop.time()
    for _ in range(times + 1):
        for bench, act in acts:
            began = loop.time()
            if not await act():
                raise RuntimeError(f"{name} did not do what it should: its time says nothing")
            bench.samples.setdefault(name, []).append((loop.time() - began) * 1000)
        if loop.time() - begun > LONG:
            break
    for bench, _ in acts:  # the first run compiles statements and reads pages
        bench.samples[name] = bench.samples[name][1:] or bench.samples[name]
