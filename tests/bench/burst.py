"""burst: thirty incidents are declared in the same moment, by six people."""

import asyncio

from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Bar, Report
from tests.bench.workspace import PEOPLE, Workspace, census, workspace

BARS = (Bar("ack_ms_p99", 400), Bar("done_s", 1.5), Bar("lost", 0), Bar("twice", 0))
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
    return Report(
        name="burst",
        figures={
            "ack_ms_p50": p50(acks),
            "ack_ms_p99": p99(acks),
            "done_s": max(each.end for each in calls) - began,
            "calls": len(calls),
            "lost": counted.lost,
            "twice": counted.twice,
            "rtt_ms": given.rtt * 1000,
            "declares": count,
        },
        bars=BARS,
        wrong=counted.lost + counted.twice,
        remarks=remarks,
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
