"""declare: one person, one incident at a time, with the form. Time until ack, card and end; number of calls.

Cold: every new connection to Slack costs time, and the person thinks for a while before submitting the form.
"""

import asyncio
from dataclasses import dataclass

from bot.sandbox.delivery.envelope import Envelope
from tests.bench.floors import transactions
from tests.bench.given import Given
from tests.bench.percentiles import p50, p99
from tests.bench.report import Report, Target
from tests.bench.wire import Exchange, longest_chain
from tests.bench.workspace import Workspace, census, workspace

NOTHING_WRONG = (Target("lost", 0), Target("twice", 0))
WARM = (
    Target("ack_over_floor", 5),
    Target("card_rtt_p50", 2.3),
    Target("done_rtt_p50", 3.4),
    Target("chain", 3),
    *NOTHING_WRONG,
)
COLD = (Target("card_rtt_p50", 3.0), *NOTHING_WRONG)
SETTLED = 15.0  # seconds
THINKING = 17.0  # seconds with the form open: longer than HTTP clients and servers usually keep a connection


@dataclass(frozen=True, slots=True)
class Declared:
    """One declare. Times in seconds, `card` and `done` from the ack."""

    ack: float
    card: float
    done: float
    chain: tuple[Exchange, ...]
    calls: int
    opened: int


async def measure(given: Given) -> Report:
    """Run it."""
    count = given.size(8 if given.cold else 20, 1)
    thinking = given.size(THINKING, 0.1) if given.cold else 0.0
    idle: list[float] = []
    declared: list[Declared] = []
    async with workspace(given, cold=given.cold) as made:
        await _declare(made, "The first one makes the declarer known")
        for turn in range(count):
            idle.append(await _idle(made))
            declared.append(await _declare(made, f"Checkout fails, take {turn + 1}", thinking))
            given.say(f"declare: {turn + 1} of {count}")
        counted = census(made, range(1, count + 2))
        remarks = made.bot.warnings()
    bare_s = await transactions.total_s(given.folder, count) / count
    longest = max(declared, key=lambda each: len(each.chain))
    acks, cards, dones = ([getattr(each, name) for each in declared] for name in ("ack", "card", "done"))
    return Report(
        name="declare --cold" if given.cold else "declare",
        figures={
            "ack_ms_p50": p50(acks) * 1000,
            "ack_ms_p99": p99(acks) * 1000,
            "idle_ack_ms_p50": p50(idle),
            "ack_ms_over_idle": p50(acks) * 1000 - p50(idle),
            "bare_ms": bare_s * 1000,
            "ack_over_floor": p50(acks) / (p50(idle) / 1000 + bare_s),
            "card_rtt_p50": p50(cards) / given.rtt,
            "card_rtt_p99": p99(cards) / given.rtt,
            "done_rtt_p50": p50(dones) / given.rtt,
            "done_rtt_p99": p99(dones) / given.rtt,
            "chain": len(longest.chain),
            "calls": max(each.calls for each in declared),
            "connections": max(each.opened for each in declared),
            "thinking_s": thinking,
            "lost": counted.lost,
            "twice": counted.twice,
            "rtt_ms": given.rtt * 1000,
            "declares": count,
        },
        targets=COLD if given.cold else WARM,
        wrong=counted.lost + counted.twice,
        remarks=(
            "ack_over_floor: ack_ms over the ack of a click that asks for nothing and its rows committed bare (bare_ms)",
            "connections: how many a declare opened, at most, where they are charged for",
            _drawn(longest),
            *remarks,
        ),
    )


async def _declare(made: Workspace, title: str, thinking: float = 0.0) -> Declared:
    """Open the form, fill it in for this many seconds and submit it. Read the traffic once Slack shows everything."""
    opened = made.charged.opened if made.charged else 0
    await made.say("alice", "declare")
    await asyncio.sleep(thinking)
    made.wire.clear()
    await made.act("alice", "submit", values={"title": title})
    await made.bot.settled(SETTLED)
    ack = next(each for each in made.wire.of("ack") if each.name == "view_submission")
    calls = made.wire.calls()
    room = next(
        each.entry["response"]["channel"]["id"] for each in calls if each.name == "conversations.create"
    )
    card = next(
        each
        for each in made.wire.calls("chat.postMessage")
        if each.entry["ok"] and each.entry["request"]["channel"] == room
    )
    return Declared(
        ack=ack.ms / 1000,
        card=card.end - ack.end,
        done=max(each.end for each in calls) - ack.end,
        chain=tuple(longest_chain(calls)),
        calls=len(calls),
        opened=made.charged.opened - opened if made.charged else 0,
    )


async def _idle(made: Workspace) -> float:
    """The ack of a click that asks for nothing (a link opens without the bot), in ms: only Bolt and the socket."""
    workspace = made.sandbox.workspace
    user = workspace.user("alice")
    click = {"action_id": "link", "block_id": "b", "type": "button", "url": "https://example.com"}
    payload = {
        "type": "block_actions",
        "team": {"id": workspace.team.id, "domain": workspace.team.domain},
        "user": {"id": user.id, "name": user.name, "team_id": workspace.team.id},
        "api_app_id": workspace.app.id,
        "token": workspace.app.verification_token,
        "trigger_id": workspace.triggers.give(user.id),
        "actions": [click],
    }
    made.wire.clear()
    await made.sandbox.sockets.send(Envelope(workspace.ids.uuid(), "interactive", payload))
    return made.wire.of("ack")[0].ms


def _drawn(declared: Declared) -> str:
    """The chain of calls of a declare, for people."""
    return "chain: " + " → ".join(f"{each.name} {each.ms:.0f} ms" for each in declared.chain)
