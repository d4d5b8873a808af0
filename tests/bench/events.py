"""events: a thousand a second for half a minute, sent on schedule whatever the acks do; one in fifty marks a message."""

import asyncio
import contextlib
import itertools
import random
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from bot.sandbox.core.errors import SlackError
from bot.sandbox.delivery.envelope import ACK_SECONDS, Envelope
from bot.sandbox.messages import posting, reactions
from bot.sandbox.state.channel import Channel
from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Bar, Report
from tests.bench.senders import Sender, sender
from tests.bench.workspace import PEOPLE, Workspace, workspace

ACK_MS = 100
MARKED_OF = 50  # one reaction of so many is a :pushpin: in a war room, and becomes a note
EMOJI = ("eyes", "+1", "tada", "fire", "thinking_face", "heavy_check_mark", "rocket", "joy", "wave", "pray")
MARK, MARKER = "pushpin", "alice"  # who declared it, and so is in the war room
NEW = 0.1  # how often something new is said, rather than only reacted to
LATELY = 50  # messages
PATIENCE = 5.0  # seconds that the last acks get
SETTLED = 300.0  # seconds
_NOTES = "SELECT payload ->> '$.link' FROM timeline WHERE kind = 'Noted'"


@dataclass(frozen=True, slots=True)
class Flood:
    """What came of it; seconds from the moment at which each event was due to be sent."""

    acks: list[float]
    sent_s: float
    count: int
    rate: int

    @property
    def per_s(self) -> float:
        """How many of a second's events were acked in time; Slack sends the others again."""
        return sum(took <= ACK_SECONDS for took in self.acks) / self.count * self.rate


async def measure(given: Given) -> Report:
    """Run it."""
    rate, seconds = given.size(1_000, 100), given.size(30.0, 0.3)
    async with workspace(given, http=given.http) as made:
        await made.say("alice", "declare sev2 Checkout is failing")
        await made.bot.settled(SETTLED)
        envelopes = _envelopes(made, round(rate * seconds))
        kinds = sorted({each.kind for each in envelopes})
        marked = sum(each.payload["event"].get("reaction") == MARK for each in envelopes)
        given.say(f"events: {len(envelopes)} of {kinds} in {seconds:g} s")
        async with sender(made.sandbox, made.url) as way:
            flood = await _flood(given, way, envelopes, rate)
        rss = made.bot.rss_mb()
        given.say("events: waiting until everything marked is on the timeline")
        await made.bot.settled(SETTLED)
        notes = _notes(made)
        remarks = tuple(made.bot.warnings())
    lost, twice = marked - len(set(notes)), len(notes) - len(set(notes))
    return Report(
        name="events",
        figures={
            "per_s": flood.per_s,
            "sent_per_s": len(envelopes) / flood.sent_s,
            "ack_ms_p50": p50(flood.acks) * 1000,
            "ack_ms_p99": p99(flood.acks) * 1000,
            "ack_ms_max": max(flood.acks) * 1000,
            "unacked": sum(took >= PATIENCE for took in flood.acks),
            "marked": marked,
            "lost": lost,
            "twice": twice,
            "rss_mb": rss,
            "seconds": seconds,
            "rtt_ms": given.rtt * 1000,
        },
        bars=(Bar("per_s", rate, at_least=True), Bar("ack_ms_p99", ACK_MS), Bar("lost", 0), Bar("twice", 0)),
        wrong=lost + twice,
        remarks=(
            f"{', '.join(kinds)} by {'HTTP' if given.http else 'Socket Mode'}: what manifest.yml subscribes to",
            "an ack counts from the moment at which the event was due to be sent; per_s are those within 3 s",
            *remarks,
        ),
    )


async def _flood(given: Given, way: Sender, envelopes: list[Envelope], rate: int) -> Flood:
    """Send each at its moment, and note when its ack came."""
    loop = asyncio.get_running_loop()
    acks = [PATIENCE] * len(envelopes)
    missing = len(envelopes)
    all_there = asyncio.Event()

    def expect(number: int, due: float) -> None:
        def acked() -> None:
            nonlocal missing
            acks[number] = loop.time() - due
            missing -= 1
            if not missing:
                all_there.set()

        way.send(envelopes[number], acked)

    began = loop.time()
    for number in range(len(envelopes)):
        due = began + number / rate
        await asyncio.sleep(max(due - loop.time(), 0))
        expect(number, due)
        if number % (5 * rate) == 0:
            given.say(f"events: {number} sent, {number + missing - len(envelopes)} of them not acked yet")
    sent_s = loop.time() - began + 1 / rate
    try:
        await asyncio.wait_for(all_there.wait(), PATIENCE)
    except TimeoutError:
        given.say(f"events: {missing} were not acked")
    return Flood(acks, sent_s, len(envelopes), rate)


def _envelopes(made: Workspace, count: int) -> list[Envelope]:
    """So many events as the sandbox itself makes them: of reactions and, where the app hears them, of messages."""
    workspace = made.sandbox.workspace
    heard: list[dict[str, Any]] = []
    send, workspace.server.send_event = workspace.server.send_event, heard.append
    dice = random.Random(7)  # noqa: S311  # repeatable
    room = workspace.channels[made.room(1)]
    marks = iter([_say(made, room, dice) for _ in range(count // MARKED_OF + 1)])
    busy = [workspace.channel(name) for name in ("general", "incidents")]
    heard.clear()
    while len(heard) < count:
        if len(heard) % MARKED_OF == 0:
            reactions.react(workspace, room, next(marks), MARK, workspace.user(MARKER).id)
        else:
            _gossip(made, dice.choice(busy), dice)
    workspace.server.send_event = send
    return [Envelope(workspace.ids.uuid(), "events_api", payload) for payload in heard[:count]]


def _gossip(made: Workspace, channel: Channel, dice: random.Random) -> None:
    """Somebody says something, and somebody reacts to something that was said lately."""
    workspace = made.sandbox.workspace
    if dice.random() < NEW or not channel.messages:
        _say(made, channel, dice)
    lately = list(itertools.islice(reversed(channel.messages), LATELY))
    with contextlib.suppress(SlackError):  # they have reacted so already
        reactions.react(workspace, channel, dice.choice(lately), dice.choice(EMOJI), _somebody(made, dice))


def _say(made: Workspace, channel: Channel, dice: random.Random) -> str:
    content = {"text": f"errors are at {dice.randrange(100)} % in checkout, does anybody look at the carts?"}
    message = posting.post(made.sandbox.workspace, channel, {"user": _somebody(made, dice)}, content)
    return str(message["ts"])


def _somebody(made: Workspace, dice: random.Random) -> str:
    return made.sandbox.users[dice.choice(PEOPLE)]


def _notes(made: Workspace) -> list[str]:
    """The links of the messages that are on the timeline."""
    with closing(sqlite3.connect(f"file:{made.bot.database}?mode=ro", uri=True)) as connection:
        return [str(link) for (link,) in connection.execute(_NOTES)]
