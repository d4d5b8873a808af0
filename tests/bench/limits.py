"""limits: sixty incidents at once, though Slack lets an app open twenty channels a minute. What about other rooms?"""

import asyncio
from dataclasses import dataclass

from bot.sandbox.api.limits import PER_MINUTE, POST_BURST
from tests.bench.burst import declare_all, get_known
from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Report, Target
from tests.bench.workspace import PEOPLE, Workspace, census, workspace

TARGETS = (Target("over_floor", 1.1), Target("other_room_rtt", 15), Target("lost", 0), Target("twice", 0))
MINUTE = 60.0
TIER_2 = 2  # conversations.create, conversations.setTopic, pins.add
ROUND_TRIPS = 3  # the room; then everything in it; then the pin
PAUSE = 7.0  # seconds between two updates in the other room
SETTLED = 300.0  # seconds


async def measure(given: Given) -> Report:
    """Run it."""
    count = given.size(60, 2)
    floor_s = floor(count) + ROUND_TRIPS * given.rtt
    channel_floor_s = floor_s + max((count - 1) % PER_MINUTE[TIER_2] + 1 - POST_BURST, 0)
    async with workspace(given, rate_limits=True) as made:
        first = await get_known(made, given.size(len(PEOPLE), 1)) + 1
        await made.sandbox.clock.advance(MINUTE + 1)  # for Slack's limits, that was long ago
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
        shown = _shown(made, updates)
        remarks = tuple(made.bot.warnings())
    return Report(
        name="limits",
        figures={
            "done": count - counted.lost,
            "lost": counted.lost + shown.lost,
            "twice": counted.twice,
            "done_s": done_s,
            "floor_s": floor_s,
            "over_floor": done_s / floor_s,
            "rooms_s": rooms_s,
            "rooms_over_floor": rooms_s / floor_s,
            "channel_floor_s": channel_floor_s,
            "other_room_s": max(shown.after, default=0.0),
            "other_room_rtt": max(shown.after, default=0.0) / given.rtt,
            "other_room_s_p50": p50(shown.after),
            "updates": updates,
            "updates_refused": shown.refused,
            "refused_calls": refused,
            "ack_ms_p99": p99(acks),
            "rtt_ms": given.rtt * 1000,
        },
        targets=TARGETS,
        wrong=counted.lost + shown.lost + counted.twice,
        remarks=(
            "rooms_s: until the last war room is complete; done_s: until the last announcement too",
            "channel_floor_s: the floor if also one message a second goes into the incidents channel",
            *remarks,
        ),
    )


def floor(count: int) -> float:
    """How many seconds Slack's limit of tier 2 alone makes this many declares take: the last may start only then."""
    return (count - 1) // PER_MINUTE[TIER_2] * MINUTE


async def _keep_updating(made: Workspace, given: Given, over: asyncio.Event) -> int:
    """Post updates in the first war room until the end. Returns how many there were."""
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


@dataclass(frozen=True, slots=True)
class Shown:
    """What happened to the updates: how many seconds until each was shown in the war room.

    Attributes:
        refused: how many were answered with a refusal, and so were never shown.
        lost: how many were accepted but never shown.
    """

    after: list[float]
    refused: int
    lost: int


def _shown(made: Workspace, updates: int) -> Shown:
    """From each update's command to its message in the war room."""
    posted = [each for each in made.wire.calls("chat.postMessage") if each.entry["ok"]]
    answers = {each.entry["request"]["envelope_id"]: each.entry["response"] for each in made.wire.of("ack")}
    commands = {each.entry["request"]["payload"].get("text"): each for each in made.wire.of("envelope")}
    took: list[float] = []
    refused = 0
    for number in range(1, updates + 1):
        words = _words(number)
        command = commands[f"update {words}"]
        message = next((each for each in posted if words in str(each.entry["request"])), None)
        if message:
            took.append(message.end - command.end)
        else:  # an ack has text only if it refuses
            refused += bool(answers.get(command.entry["request"]["envelope_id"]))
    return Shown(took, refused, updates - len(took) - refused)
