"""limits: sixty incidents in one moment, though Slack lets an app open twenty channels a minute. And the other rooms?"""

import asyncio

from bot.sandbox.api.limits import PER_MINUTE, POST_BURST
from tests.bench.burst import declare_all, get_known
from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Bar, Report
from tests.bench.workspace import PEOPLE, Workspace, census, workspace

BARS = (Bar("over_floor", 1.1), Bar("other_room_rtt", 15), Bar("lost", 0), Bar("twice", 0))
MINUTE = 60.0
TIER_2 = 2  # conversations.create, conversations.setTopic, pins.add
ROUND_TRIPS = 3  # the room; then all that goes into it; then the pin
PAUSE = 7.0  # seconds between two updates in the other room
SETTLED = 300.0  # seconds


async def measure(given: Given) -> Report:
    """Run it."""
    count = given.size(60, 2)
    floor_s = floor(count) + ROUND_TRIPS * given.rtt
    channel_floor_s = floor_s + max((count - 1) % PER_MINUTE[TIER_2] + 1 - POST_BURST, 0)
    async with workspace(given, rate_limits=True) as made:
        first = await get_known(made, given.size(len(PEOPLE), 1)) + 1
        await made.sandbox.clock.advance(MINUTE + 1)  # as far as Slack counts calls, that was long ago
        made.wire.clear()
        given.say(f"limits: {count} at once; Slack's limits alone make that {floor_s:.0f} s")
        over = asyncio.Event()
        updating = asyncio.create_task(_keep_updating(made, given, over))
        await declare_all(made, range(count))
        try:
            await made.bot.settled(SETTLED)
        finally:
            over.set()
            updates = await updating
        counted = census(made, range(first, first + count))
        acks = [each.ms for each in made.wire.of("ack")]
        began = min(each.end for each in made.wire.of("envelope"))
        done_s = max(each.end for each in made.wire.calls() if each.entry["ok"]) - began
        rooms_s = max(each.end for each in made.wire.calls("pins.add") if each.entry["ok"]) - began
        refused = sum(each.entry["error"] == "ratelimited" for each in made.wire.calls())
        shown = _shown_after(made, updates)
        remarks = tuple(made.bot.warnings())
    return Report(
        name="limits",
        figures={
            "done": count - counted.lost,
            "lost": counted.lost,
            "twice": counted.twice,
            "done_s": done_s,
            "floor_s": floor_s,
            "over_floor": done_s / floor_s,
            "rooms_s": rooms_s,
            "rooms_over_floor": rooms_s / floor_s,
            "channel_floor_s": channel_floor_s,
            "other_room_s": max(shown),
            "other_room_rtt": max(shown) / given.rtt,
            "other_room_s_p50": p50(shown),
            "updates": updates,
            "refused_calls": refused,
            "ack_ms_p99": p99(acks),
            "rtt_ms": given.rtt * 1000,
        },
        bars=BARS,
        wrong=counted.lost + counted.twice,
        remarks=(
            "rooms_s: until the last war room is complete; done_s: until the last announcement too",
            "channel_floor_s: the floor if also one message a second goes into the incidents channel",
            *remarks,
        ),
    )


def floor(count: int) -> float:
    """How long Slack's limit of tier 2 alone makes so many declares take: the last may begin only then, in seconds."""
    return (count - 1) // PER_MINUTE[TIER_2] * MINUTE


async def _keep_updating(made: Workspace, given: Given, over: asyncio.Event) -> int:
    """Post an update in the first war room, again and again; how many there were."""
    room = made.room(1)
    number = 0
    while not over.is_set():
        number += 1
        await made.say("alice", f"update {_words(number)}", channel=room)
        given.say(f"limits: {made.bot.pending()} effects wait")
        try:
            await asyncio.wait_for(over.wait(), PAUSE)
        except TimeoutError:
            continue
    return number


def _words(number: int) -> str:
    return f"Half of it works, says update {number}."


def _shown_after(made: Workspace, updates: int) -> list[float]:
    """From each update's command to its message in the war room, in seconds."""
    posted = [each for each in made.wire.calls("chat.postMessage") if each.entry["ok"]]
    took: list[float] = []
    for number in range(1, updates + 1):
        words = _words(number)
        command = next(
            each
            for each in made.wire.of("envelope")
            if each.entry["request"]["payload"].get("text") == f"update {words}"
        )
        message = next(each for each in posted if words in str(each.entry["request"]))
        took.append(message.end - command.end)
    return took
