"""crowd: a hundred people have the form open and submit it at the same time. No one is refused, nothing is lost."""

import asyncio
from typing import Any

from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Report, Target
from tests.bench.workspace import Workspace, titles, workspace

TARGETS = (Target("refused", 0), Target("lost", 0), Target("twice", 0))
SETTLED = 300.0  # seconds


async def measure(given: Given) -> Report:
    """Run it."""
    people = [f"person-{number}" for number in range(1, given.size(100, 3) + 1)]
    async with workspace(given, contents=_contents(people)) as made:
        for person in people:
            await made.say(person, "declare")
        made.wire.clear()
        given.say(f"crowd: {len(people)} forms at once")
        accepted = await asyncio.gather(*(_submit(made, person) for person in people))
        await made.bot.settled(SETTLED)
        there = titles(made)
        acks = [each.ms for each in made.wire.of("ack")]
        began = min(each.end for each in made.wire.of("envelope"))
        done_s = max((each.end for each in made.wire.calls()), default=began) - began
        remarks = tuple(made.bot.warnings())
    found = [there[_title(person)] for person in people]
    lost = sum(is_accepted and not count for is_accepted, count in zip(accepted, found, strict=True))
    twice = sum(count > 1 for count in found)
    return Report(
        name="crowd",
        figures={
            "refused": accepted.count(False),
            "lost": lost,
            "twice": twice,
            "refused_yet_there": sum(
                count > 0 and not is_accepted for is_accepted, count in zip(accepted, found, strict=True)
            ),
            "ack_ms_p50": p50(acks),
            "ack_ms_p99": p99(acks),
            "done_s": done_s,
            "forms": len(people),
            "rtt_ms": given.rtt * 1000,
        },
        targets=TARGETS,
        wrong=lost + twice,
        remarks=(
            "lost: accepted, and then not there; whoever is refused is told so, and what they typed stands",
            *remarks,
        ),
    )


def _contents(people: list[str]) -> dict[str, Any]:
    """A workspace with this many people."""
    return {
        "users": [{"name": person} for person in people],
        "channels": [{"name": name, "members": people, "app": True} for name in ("general", "incidents")],
    }


async def _submit(made: Workspace, person: str) -> bool:
    """Submit the form. Returns whether the bot accepts it."""
    asked = {"user": person, "action": "submit", "values": {"title": _title(person)}}
    outcome = await made.sandbox.act(asked)
    return bool(outcome["ok"]) and not outcome["field_errors"]


def _title(person: str) -> str:
    return f"The service of {person} is failing"
