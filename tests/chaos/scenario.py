"""The scenario during which the bot is killed: declare, reminder, command, update, decision, handoff, resolve."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.drills.stage import Stage, has
from bot.engine.store import outbox
from bot.engine.store.database import Database
from bot.sandbox.driver import ActionFailed, NotSeen
from tests.chaos.killable import KillableBot
from tests.seen import is_bots, plain

ROOM = "inc-1-down"
SETTLED = 6.0  # seconds within which Slack shows everything that was committed, once the bot runs


@dataclass(frozen=True)
class Step:
    """Something that somebody does, and what shows them that it is done.

    If the act fails, the person checks whether it worked anyway, and repeats it if not.
    """

    act: Callable[[Stage], Awaitable[Any]]
    is_done: Callable[[dict[str, Any]], Any]


def _said(*words: str) -> Callable[[dict[str, Any]], Any]:
    return lambda seen: any(has(message, *words) for message in seen["channel"]["messages"])


def _by(name: str, text: str, channel: str = ROOM) -> Callable[[Stage], Awaitable[Any]]:
    return lambda stage: stage.person(name).command(channel, "/incident", text)


async def _take(stage: Stage) -> None:
    seen = await stage.person("alice").see(ROOM)
    reminder = next(
        message for message in seen["channel"]["messages"] if has(message, "no Incident Commander yet")
    )
    await stage.person("alice").click("take_command", channel=ROOM, ts=reminder["ts"])


async def _accept(stage: Stage) -> None:
    seen = await stage.person("bob").see(ROOM)
    offer = next(message for message in seen["channel"]["messages"] if has(message, "to take over command"))
    await stage.person("bob").click("handoff_accept", channel=ROOM, ts=offer["ts"])


STEPS = [
    Step(_by("alice", "declare sev1 Down", "general"), _said("INC-1", "nobody yet")),
    Step(
        _by("alice", "list"), _said("no Incident Commander yet")
    ),  # nobody acts: the reminder comes on its own
    Step(_take, _said("became Incident Commander")),
    Step(_by("alice", "update Half of it works"), _said("Status update", "Half of it works")),
    Step(_by("alice", "decision Fail over"), _said("Decision D1", "Fail over")),
    Step(_by("alice", "list"), _said("Decision D1", "stands")),  # nobody objects
    Step(_by("alice", "handoff @bob"), _said("to take over command")),
    Step(_accept, _said("took over as Incident Commander, from")),
    Step(_by("alice", "resolve Turned it off and on"), _said("Incident resolved")),
]


async def play(killable: KillableBot) -> dict[str, Any]:
    """Play all steps. Returns what Slack shows in the end, without ids and times."""
    stage = Stage(killable.driver, killable.folder, room=ROOM)
    database = Database(killable.database_url)
    for step in STEPS:
        await _until_done(killable, stage, step, database)
        if step is STEPS[0]:
            await stage.person("bob").join(ROOM)
    await stage.person("alice").until(_is_quiet, ROOM, timeout=SETTLED * 3)
    await database.close()
    return await picture(stage)


async def _until_done(killable: KillableBot, stage: Stage, step: Step, database: Database) -> None:
    for _ in range(8):
        await _is_up(killable)
        try:
            await step.act(stage)
        except ActionFailed:  # the person was told that it failed: they check, and try again
            await _is_up(killable)
            if await _was_committed_anyway(killable, stage, step, database):
                return
            continue
        if await _sees(stage, step):
            return
    raise AssertionError(f"step {STEPS.index(step)} was never done")


async def _is_up(killable: KillableBot) -> None:
    async with asyncio.timeout(30):
        await killable.up.wait()


async def _sees(stage: Stage, step: Step) -> bool:
    try:
        await stage.person("alice").until(_in_room, timeout=SETTLED)
        await stage.person("alice").until(step.is_done, ROOM, timeout=SETTLED)
    except (NotSeen, ActionFailed):
        return False
    return True


async def _was_committed_anyway(killable: KillableBot, stage: Stage, step: Step, database: Database) -> bool:
    """Whether it was committed before the bot died. If so, Slack shows it at the latest when no effect waits."""
    async with asyncio.timeout(SETTLED * 3):
        while True:
            seq = killable.sandbox.revisions.seq
            async with database.reading() as session:
                waiting, _ = await outbox.backlog(session, killable.sandbox.workspace.team.id)
            seen = await stage.person("alice").see()
            if _in_room(seen) and step.is_done(await stage.person("alice").see(ROOM)):
                return True
            if not waiting:
                return False
            await killable.sandbox.revisions.wait(seq, lambda _: True, 0.5)


def _in_room(seen: dict[str, Any]) -> bool:
    return any(channel["name"] == ROOM and channel["is_member"] for channel in seen["channels"])


def _is_quiet(seen: dict[str, Any]) -> bool:
    """Whether everything that follows from the last step shows."""
    channel = seen["channel"]
    pins = channel["pins"]
    answered = any(has(message, "Commander reminder", "command taken") for message in channel["messages"])
    return bool(pins) and has(pins[0], "resolved", "Reopen") and "resolved" in channel["topic"] and answered


async def picture(stage: Stage) -> dict[str, Any]:
    """What Slack shows, in a form that can be compared between runs."""
    alice = await stage.person("alice").see(ROOM)
    await stage.person("frank").until(_said("resolved"), "incidents", timeout=SETTLED)
    incidents = (await stage.person("frank").see("incidents"))["channel"]["messages"]
    messages = [message for message in alice["channel"]["messages"] if is_bots(message)]
    return {
        "rooms": sorted(
            channel["name"] for channel in alice["channels"] if channel["name"].startswith("inc-")
        ),
        "topic": plain(alice["channel"]["topic"]),
        "card": [plain(message) for message in messages if message.get("pinned")],
        "messages": [plain(message) for message in messages if not message.get("pinned")],
        "announcements": [plain(message) for message in incidents if is_bots(message)],
        "members": len(alice["channel"]["members"]),
    }
