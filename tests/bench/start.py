"""start: from the start of the process until it is ready, beside a minimal app; its resident memory, idle and full."""

import asyncio
from dataclasses import dataclass, replace

from tests.bench.floors import minimal_app
from tests.bench.given import Given
from tests.bench.percentiles import p50
from tests.bench.report import Report, Target
from tests.bench.wire import longest_chain
from tests.bench.workspace import workspace

TARGETS = (Target("ready_over_floor", 1.3), Target("rss_mb", 100), Target("rss_mb_10k", 150))


async def measure(given: Given) -> Report:
    """Run it."""
    ready: list[float] = []
    minimal: list[float] = []
    times = given.size(8, 0)  # in the tiny form, the one start with incidents is enough
    rss: list[float] = []
    chain = 0
    for turn in range(times):
        folder = given.folder / str(turn if turn < times - 1 else turn - 1)  # the last one is a restart
        folder.mkdir(exist_ok=True)
        async with workspace(replace(given, folder=folder)) as made:
            ready.append(made.bot.ready_s)
            chain = len(longest_chain(made.wire.calls()))
            given.say(f"start: ready in {made.bot.ready_s:.2f} s")
            if turn >= times - 2:
                await _idle(given)
                rss.append(made.bot.rss_mb())
        minimal.append(await _minimal(given))
    count = given.size(10_000, 40)
    full = await _full(given, count)
    ready_s, floor_s = p50(ready or [full.ready]), p50(minimal or [await _minimal(given)])
    return Report(
        name="start",
        figures={
            "ready_s": ready_s,
            "floor_s": floor_s,
            "ready_over_floor": ready_s / floor_s,
            "ready_s_worst": max(ready, default=full.ready),
            "chain": chain,
            "rss_mb": rss[-1] if rss else full.rss,
            "rss_mb_first": rss[0] if rss else full.rss,
            "rss_mb_10k": full.rss,
            "ready_s_10k": full.ready,
            "starts": times + 1,
            "incidents": count,
            "rtt_ms": given.rtt * 1000,
        },
        targets=TARGETS,
        remarks=(
            "floor_s: a process with Bolt, aiohttp, SQLAlchemy and Jinja2, until it is connected, which is one call",
            f"of ready_s, {chain * given.rtt:.1f} s are {chain} calls to Slack that follow one another",
            "all starts but the last are first ones, which make the tables; rss_mb is a restart's, rss_mb_first theirs",
        ),
    )


@dataclass(frozen=True, slots=True)
class Full:
    """With many open incidents: resident memory in MB, start in seconds."""

    rss: float
    ready: float


async def _full(given: Given, count: int) -> Full:
    """Start on a database with this many open incidents, and measure again after some lists and ticks."""
    folder = given.folder / "full"
    folder.mkdir()
    given.say(f"start: {count} open incidents")
    async with workspace(replace(given, folder=folder), open_incidents=count) as made:
        for _ in range(given.size(5, 1)):
            await made.say("alice", "list")
        await _idle(given)
        return Full(made.bot.rss_mb(), made.bot.ready_s)


async def _minimal(given: Given) -> float:
    """How many seconds the minimal app takes until it is connected."""
    async with workspace(given, program=minimal_app.program()) as made:
        return made.bot.ready_s


async def _idle(given: Given) -> None:
    """Let it be idle, and tick: by then the memory that only the start needed is released."""
    await asyncio.sleep(given.size(5.0, 0.0))
