"""events: a thousand a second for half a minute, sent on schedule whatever the acks do; one in fifty marks a message.

Before that, the same rate of events of which none marks anything, to the bot and to a Bolt app that only acknowledges:
what is the cost of an event that the bot does nothing about?
"""

import asyncio
import contextlib
import itertools
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.core.errors import SlackError
from bot.sandbox.delivery.envelope import ACK_SECONDS, Envelope
from bot.sandbox.messages import posting, reactions
from bot.sandbox.state.channel import Channel
from tests.bench.floors import minimal_app
from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Report, Target
from tests.bench.senders import Sender, sender
from tests.bench.workspace import PEOPLE, Workspace, workspace

MARKED_OF = 50  # one reaction in this many is a :pushpin: in a war room, and becomes a note
SOCKETS = 2  # the bot's default
EMOJI = ("eyes", "+1", "tada", "fire", "thinking_face", "heavy_check_mark", "rocket", "joy", "wave", "pray")
MARK, MARKER = "pushpin", "alice"  # this person declared it, and so is in the war room
NEW = 0.1  # the share of events that are new messages and not reactions
LATELY = 50  # messages
PATIENCE = 5.0  # seconds to wait for the last acks
SETTLED = 300.0  # seconds
_NOTES = "SELECT payload ->> '$.link' FROM timeline WHERE kind = 'Noted'"


@dataclass(frozen=True, slots=True)
class Result:
    """The result; seconds from the time at which each event was due to be sent."""

    acks: list[float]
    sent_s: float
    cpu_s: float
    count: int
    rate: int

    @property
    def per_s(self) -> float:
        """How many events per second were acked in time; Slack sends the others again."""
        return sum(took <= ACK_SECONDS for took in self.acks) / self.count * self.rate

    @property
    def cpu_ms(self) -> float:
        """The processor time of the app for one event, in milliseconds."""
        return self.cpu_s / self.count * 1000


async def measure(given: Given) -> Report:
    """Run it."""
    rate, seconds = given.size(1_000, 100), given.size(30.0, 0.3)
    plain = round(rate * given.size(15.0, 0.5))
    floor = await _floor(given, plain, rate)
    async with workspace(given, http=given.http) as made:
        await made.say("alice", "declare sev2 Checkout is failing")
        await made.bot.settled(SETTLED)
        given.say(f"events: {plain} that mark nothing, to the bot")
        unmarked = await _flood(given, made, _unmarked(made, plain), rate, patience=SETTLED)
        envelopes = _marking(made, round(rate * seconds))
        kinds = sorted({each.kind for each in envelopes})
        marked = [_marked(each) for each in envelopes]
        given.say(f"events: {len(envelopes)} of {kinds} in {seconds:g} s")
        flood = await _flood(given, made, envelopes, rate)
        rss = made.bot.rss_mb()
        given.say("events: waiting until everything marked is on the timeline")
        await made.bot.settled(SETTLED)
        notes = _notes(made)
        remarks = tuple(made.bot.warnings())
    kept = [ts for ts, took in zip(marked, flood.acks, strict=True) if ts and took < PATIENCE]
    lost = len(set(kept) - {_stamp(link) for link in notes})
    twice = len(notes) - len(set(notes))
    return Report(
        name="events",
        figures={
            "per_s": flood.per_s,
            "sent_per_s": len(envelopes) / flood.sent_s,
            "ack_ms_p50": p50(flood.acks) * 1000,
            "ack_ms_p99": p99(flood.acks) * 1000,
            "ack_ms_max": max(flood.acks) * 1000,
            "ack_p99_over_floor": p99(flood.acks) / p99(floor.acks),
            "cpu_ms": unmarked.cpu_ms,
            "floor_cpu_ms": floor.cpu_ms,
            "cpu_over_floor": unmarked.cpu_ms / floor.cpu_ms,
            "late": sum(took > ACK_SECONDS for took in flood.acks),
            "unacked": sum(took >= PATIENCE for took in flood.acks),
            "marked": sum(map(bool, marked)),
            "lost": lost,
            "twice": twice,
            "rss_mb": rss,
            "seconds": seconds,
            "rtt_ms": given.rtt * 1000,
        },
        targets=(Target("cpu_over_floor", 1.3), Target("late", 0), Target("lost", 0), Target("twice", 0)),
        wrong=lost + twice,
        remarks=(
            f"{', '.join(kinds)} by {'HTTP' if given.http else 'Socket Mode'}: what manifest.yml subscribes to",
            "lost: acked, but not on the timeline; what is not acked Slack sends again, and this benchmark does not",
            "an ack counts from the moment at which the event was due to be sent; per_s are those within 3 s",
            "cpu_ms: of an event that marks nothing; floor_cpu_ms: the same of a Bolt app that only acknowledges",
            *remarks,
        ),
    )


async def _floor(given: Given, count: int, rate: int) -> Result:
    """Events to a Bolt app that only acknowledges."""
    given.say(f"events: {count} that mark nothing, to an app that only acknowledges")
    folder = given.folder / "floor"
    folder.mkdir()
    app = minimal_app.program(SOCKETS)
    async with workspace(replace(given, folder=folder), http=given.http, program=app) as made:
        return await _flood(given, made, _unmarked(made, count), rate, patience=SETTLED)


async def _flood(
    given: Given, made: Workspace, envelopes: list[Envelope], rate: int, *, patience: float = PATIENCE
) -> Result:
    """Send each event at its time, and record its ack. Waits `patience` seconds for the last acks.

    The processor time covers all events only if all are acked by then.
    """
    used = made.bot.cpu_s()
    async with sender(made.sandbox, made.url) as way:
        acks, sent_s = await _send(given, way, envelopes, rate, patience)
    cpu_s = max(made.bot.cpu_s() - used, 0.01)  # at least the unit of the counter
    return Result(acks, sent_s, cpu_s, len(envelopes), rate)


async def _send(
    given: Given, way: Sender, envelopes: list[Envelope], rate: int, patience: float
) -> tuple[list[float], float]:
    """Send the events. Returns how long each ack took from its due time, and all the sending, in seconds."""
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
        await asyncio.wait_for(all_there.wait(), patience)
    except TimeoutError:
        given.say(f"events: {missing} were not acked")
    return acks, sent_s


def _unmarked(made: Workspace, count: int) -> list[Envelope]:
    """This many events of busy channels."""
    busy = [made.sandbox.workspace.channel(name) for name in ("general", "incidents")]
    rng = random.Random(8)  # noqa: S311  # repeatable
    return _envelopes(made, count, lambda _number: _post_or_react(made, rng.choice(busy), rng))


def _marking(made: Workspace, count: int) -> list[Envelope]:
    """The same, but some of them mark a message in the war room."""
    workspace = made.sandbox.workspace
    busy = [workspace.channel(name) for name in ("general", "incidents")]
    rng = random.Random(7)  # noqa: S311  # repeatable
    room = workspace.channels[made.room(1)]
    marks = iter([_say(made, room, rng) for _ in range(count // MARKED_OF + 1)])

    def happen(number: int) -> None:
        if number % MARKED_OF == 0:
            reactions.react(workspace, room, next(marks), MARK, workspace.user(MARKER).id)
        else:
            _post_or_react(made, rng.choice(busy), rng)

    return _envelopes(made, count, happen)


def _envelopes(made: Workspace, count: int, happen: Callable[[int], None]) -> list[Envelope]:
    """This many events, as the sandbox itself makes them: reactions and, if the app receives them, messages.

    Args:
        made: the workspace.
        count: how many.
        happen: makes something happen there; its argument is the number of events so far.
    """
    workspace = made.sandbox.workspace
    heard: list[dict[str, Any]] = []
    send, workspace.server.send_event = workspace.server.send_event, heard.append
    while len(heard) < count:
        happen(len(heard))
    workspace.server.send_event = send
    return [Envelope(workspace.ids.uuid(), "events_api", payload) for payload in heard[:count]]


def _post_or_react(made: Workspace, channel: Channel, rng: random.Random) -> None:
    """Somebody posts a message, or reacts to a recent one."""
    workspace = made.sandbox.workspace
    if rng.random() < NEW or not channel.messages:
        _say(made, channel, rng)
    lately = list(itertools.islice(reversed(channel.messages), LATELY))
    with contextlib.suppress(SlackError):  # they have already reacted in this way
        reactions.react(workspace, channel, rng.choice(lately), rng.choice(EMOJI), _somebody(made, rng))


def _say(made: Workspace, channel: Channel, rng: random.Random) -> str:
    content = {"text": f"errors are at {rng.randrange(100)} % in checkout, does anybody look at the carts?"}
    message = posting.post(made.sandbox.workspace, channel, {"user": _somebody(made, rng)}, content)
    return str(message["ts"])


def _somebody(made: Workspace, rng: random.Random) -> str:
    return made.sandbox.users[rng.choice(PEOPLE)]


def _marked(envelope: Envelope) -> str:
    """The time stamp of the message that the event marks, as in links; empty if it marks none."""
    event = envelope.payload["event"]
    return str(event["item"]["ts"]).replace(".", "") if event.get("reaction") == MARK else ""


def _stamp(link: str) -> str:
    """The time stamp in the link of a message."""
    return link.rpartition("/p")[2].partition("?")[0]


def _notes(made: Workspace) -> list[str]:
    """The links of the messages on the timeline."""
    with closing(sqlite3.connect(f"file:{made.bot.database}?mode=ro", uri=True)) as connection:
        return [str(link) for (link,) in connection.execute(_NOTES)]
