"""burst: thirty incidents are declared in the same moment, by six people."""

import asyncio

from tests.bench.floors import transactions
from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Bar, Report
from tests.bench.workspace import PEOPLE, Workspace, census, workspace

BARS = (Bar("ack_p99_over_floor", 12), Bar("done_over_floor", 4), Bar("lost", 0), Bar("twice", 0))
ROUND_TRIPS = 3  # the room; then all that goes into it; then the pin
SETTLED = 60.0  # seconds


async def measure(given: Given) -> Report:
    """Run it."""
    count = given.size(30, 3)
    async with workspace(given) as made:
        first = await get_known(made, given.size(len(PEOPLE), 1)) + 1
        made.wire.clear()
        given.say(f"burst: {count} at once")
        await declare_all(made, count)
        await made.bot.settled(SETTLED)
        counted = census(made, range(first, first + count))
        acks = [each.ms for each in made.wire.of("ack")]
        began = min(each.end for each in made.wire.of("envelope"))
        calls = made.wire.calls()
        remarks = tuple(made.bot.warnings())
    floor_s = await transactions.total_s(given.folder, count)
    done_s = max(each.end for each in calls) - began
    return Report(
        name="burst",
        figures={
            "ack_ms_p50": p50(acks),
            "ack_ms_p99": p99(acks),
            "floor_ms": floor_s * 1000,
            "ack_p99_over_floor": p99(acks) / 1000 / floor_s,
            "done_s": done_s,
            "done_over_floor": done_s / (floor_s + ROUND_TRIPS * given.rtt),
            "calls": len(calls),
            "lost": counted.lost,
            "twice": counted.twice,
            "rtt_ms": given.rtt * 1000,
            "declares": count,
        },
        bars=BARS,
        wrong=counted.lost + counted.twice,
        remarks=(
            f"floor_ms: the rows of {count} declares, committed by sqlite3 alone in one transaction each, one by one",
            f"done_over_floor: done_s over that and {ROUND_TRIPS} round trips",
            *remarks,
        ),
    )


async def declare_all(made: Workspace, count: int) -> None:
    """Declare so many in the same moment, six people in turns; returns when each is acked."""
    each = (
        made.say(PEOPLE[turn % len(PEOPLE)], f"declare sev2 Number {turn + 1} is failing")
        for turn in range(count)
    )
    await asyncio.gather(*each)


async def get_known(made: Workspace, people: int) -> int:
    """Let so many people declare one each, so that the bot knows their names; how many incidents there are then."""
    for person in PEOPLE[:people]:
        await made.say(person, f"declare sev4 {person} tries it")
    await made.bot.settled(SETTLED)
    return people
