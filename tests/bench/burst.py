"""burst: six people declare thirty incidents at the same time."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass

from tests.bench.floors import transactions
from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Report, Target
from tests.bench.workspace import PEOPLE, Workspace, census, workspace

TARGETS = (
    Target("ack_p99_over_floor", 12),
    Target("done_over_floor", 4),
    Target("lost", 0),
    Target("twice", 0),
)
ROUND_TRIPS = 3  # the room; then everything in it; then the pin
SETTLED = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Burst:
    """One burst: seconds until each ack and until the last call is answered, and the number of calls."""

    acks: list[float]
    done_s: float
    calls: int


async def measure(given: Given) -> Report:
    """Run it several times; the median of the bursts counts."""
    count, times = given.size(30, 3), given.size(3, 1)
    bursts: list[Burst] = []
    async with workspace(given) as made:
        first = await get_known(made, given.size(len(PEOPLE), 1)) + 1
        for turn in range(times):
            given.say(f"burst: {count} at once")
            bursts.append(await _burst(made, range(turn * count, (turn + 1) * count)))
        counted = census(made, range(first, first + count * times))
        remarks = tuple(made.bot.warnings())
    floor_s = await transactions.total_s(given.folder, count)
    ack_p99, done_s = p50([p99(each.acks) for each in bursts]), p50([each.done_s for each in bursts])
    return Report(
        name="burst",
        figures={
            "ack_ms_p50": p50([p50(each.acks) for each in bursts]) * 1000,
            "ack_ms_p99": ack_p99 * 1000,
            "floor_ms": floor_s * 1000,
            "ack_p99_over_floor": ack_p99 / floor_s,
            "done_s": done_s,
            "done_over_floor": done_s / (floor_s + ROUND_TRIPS * given.rtt),
            "calls": max(each.calls for each in bursts),
            "lost": counted.lost,
            "twice": counted.twice,
            "rtt_ms": given.rtt * 1000,
            "declares": count,
            "bursts": times,
        },
        targets=TARGETS,
        wrong=counted.lost + counted.twice,
        remarks=(
            f"floor_ms: the rows of {count} declares, committed by sqlite3 alone in one transaction each, one by one",
            f"done_over_floor: done_s over that and {ROUND_TRIPS} round trips",
            *remarks,
        ),
    )


async def _burst(made: Workspace, numbers: range) -> Burst:
    made.wire.clear()
    await declare_all(made, numbers)
    await made.bot.settled(SETTLED)
    calls = made.wire.calls()
    began = min(each.end for each in made.wire.of("envelope"))
    acks = [each.ms / 1000 for each in made.wire.of("ack")]
    return Burst(acks, max(each.end for each in calls) - began, len(calls))


async def declare_all(made: Workspace, numbers: Iterable[int]) -> None:
    """Declare one incident for each number at the same time, by six people in turn. Returns when each is acked."""
    each = (
        made.say(PEOPLE[number % len(PEOPLE)], f"declare sev2 Number {number + 1} is failing")
        for number in numbers
    )
    await asyncio.gather(*each)


async def get_known(made: Workspace, people: int) -> int:
    """Let this many people declare once, so that the bot knows their names. Returns how many incidents there are."""
    for person in PEOPLE[:people]:
        await made.say(person, f"declare sev4 {person} tries it")
    await made.bot.settled(SETTLED)
    return people
