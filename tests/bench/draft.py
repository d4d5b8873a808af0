"""draft: the postmortem draft of an incident with 10,000 timeline rows, as it is delivered and accepted by Slack."""

import asyncio
from dataclasses import dataclass, field

import yaml
from sqlmodel import col, update

from bot import policy_file
from bot.core.clock import utc_now
from bot.core.resources import shipped
from bot.engine.store.database import Database
from bot.engine.store.tables import PlaceRow
from bot.incident.domain.effects import ShareDraft
from bot.ports.port import Delivered, Result
from bot.ports.slack.calls import Call, ShareFile, UploadFile
from bot.sandbox import Sandbox
from bot.slack import connection
from bot.slack.gateway.gateway import Gateway
from tests.bench import databases
from tests.bench.filled import KINDS, Filling, fill
from tests.bench.floors import reading
from tests.bench.given import Given
from tests.bench.loop_watch import LoopWatch
from tests.bench.percentiles import p50
from tests.bench.report import Report, Target
from tests.conftest import StillClock
from tests.engine.world import FakeSlack, World

TARGETS = (Target("over_floor", 25), Target("lost", 0))


@dataclass
class RealSlack(FakeSlack):
    """Passes every call on, and records when it was ready to be sent.

    Attributes:
        gateway: the way to Slack.
        watch: watches the event loop while a draft is made.
        held_ms: the longest time that the loop was blocked until a draft was ready.
        uploads: what was uploaded, and when, in seconds of the loop's time.
        accepted: how many uploads Slack accepted.
    """

    gateway: Gateway | None = None
    watch: LoopWatch = field(default_factory=LoopWatch)
    held_ms: float = 0.0
    uploads: list[tuple[UploadFile, float]] = field(default_factory=list)
    accepted: int = 0

    async def perform(self, call: Call, doubt: bool = False) -> Result:  # noqa: FBT001, FBT002  # `Perform`'s shape
        """Perform the call."""
        assert self.gateway is not None
        if isinstance(call, UploadFile):
            self.watch.look()
            self.held_ms = max(self.held_ms, self.watch.longest_ms)
            self.uploads.append((call, asyncio.get_running_loop().time()))
        result = await self.gateway.perform(call, doubt)
        self.accepted += isinstance(call, ShareFile) and isinstance(result, Delivered)
        return result


async def measure(given: Given) -> Report:
    """Run it: several drafts, one after another."""
    rows, times = given.size(10_000, 30), given.size(5, 1)
    manifest = yaml.safe_load(shipped("manifest.yml").read_text(encoding="utf-8"))
    sandbox = await Sandbox.start(manifest=manifest, rate_limits=False, latency=given.rtt)
    try:
        async with (
            databases.opened(given, "sqlite") as database,
            connection.web_client(sandbox.bot_token, sandbox.base_url) as (client, session),
        ):
            given.say(f"draft: filling {rows} rows")
            world = await _world(database, sandbox, rows)
            world.slack = slack = RealSlack(gateway=Gateway(client, session))
            took = [await _draft(world, slack) for _ in range(times)]
            floor_s = reading.timeline_s(str(database.url.database), 1, len(await world.timeline(1)))
        taken = [file for file in sandbox.workspace.files.values() if file.complete]
    finally:
        await sandbox.stop()
    content = slack.uploads[-1][0].content
    return Report(
        name="draft",
        figures={
            "seconds": p50(took),
            "floor_s": floor_s,
            "over_floor": p50(took) / floor_s,
            "seconds_worst": max(took),
            "loop_held_ms": slack.held_ms,
            "bytes": len(content.encode()),
            "lines": content.count("\n"),
            "lost": times - min(slack.accepted, len(taken)),
            "rows": rows,
        },
        targets=TARGETS,
        wrong=times - min(slack.accepted, len(taken)),
        remarks=(
            "floor_s: its timeline, read and parsed by sqlite3 and json alone",
            "from the deliverer's look at the outbox until the file is ready to be sent",
            "the sandbox, as strict as Slack, took each of them",
        ),
    )


async def _world(database: Database, sandbox: Sandbox, rows: int) -> World:
    """An incident with a long history, whose war room is one of the sandbox's channels."""
    world = World(database, policy_file.load(), StillClock(utc_now()))
    await fill(database, world.policy, Filling(count=KINDS, due=world.clock(), entries=rows))
    async with database.writing() as session:
        here = update(PlaceRow).where(col(PlaceRow.stream_id) == 1)
        await session.exec(here.values(channel=sandbox.channels["general"]))
    return world


async def _draft(world: World, slack: RealSlack) -> float:
    """Ask for a draft and deliver it. Returns how many seconds it took until it was ready to be sent."""
    before = len(slack.uploads)
    await world.incidents.show(world.act(), 1, (ShareDraft(),))
    began = asyncio.get_running_loop().time()
    with LoopWatch() as slack.watch:
        await world.new_deliverer().drain()
    (_, ready) = slack.uploads[before]
    return ready - began
