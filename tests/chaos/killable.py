"""A sandbox and a bot in a process of its own, which is killed at a chosen point and started again.

Calls go through a small proxy, so that the bot can die before a call reaches Slack, or after the call took effect and
before its answer came back. The bot itself knows nothing of this.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import aiohttp
import yaml
from aiohttp import web

from bot.core.resources import shipped
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.chaos.spawner import Life
from tests.policies import patient

POLICY = patient(commander_within="1 s") + "objection_window: 1 s\n"
STARTING = {"auth.test", "conversations.info", "apps.connections.open"}

When = Literal["before", "after"]


@dataclass(frozen=True)
class Point:
    """Where a bot is killed: before or after the n-th call, commit, or statement of its start.

    For `time`, `number` is the number of seconds after it was ready.
    """

    what: Literal["call", "commit", "start", "time"]
    when: When
    number: float

    def __str__(self) -> str:
        return f"{self.when} {self.what} {self.number}"


@dataclass
class KillableBot:
    """The parts that a scenario uses.

    Attributes:
        spawner: the socket of the process that forks bots.
        points: where each bot is killed, in order. The bot after the last point lives.
        calls: how many calls to Slack this bot has made, not counting those of its start.
        commits: how many commits this bot has made since it was ready.
    """

    sandbox: Sandbox
    driver: Driver
    folder: Path
    spawner: str
    points: list[Point]
    proxy_url: str = ""
    calls: int = 0
    commits: int = 0
    kills: int = 0
    life: Life | None = None
    up: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def database_url(self) -> str:
        """The database of the bots."""
        return f"sqlite:///{self.folder / 'victim.db'}"

    @property
    def point(self) -> Point | None:
        """Where the present bot is killed."""
        return self.points[self.kills] if self.kills < len(self.points) else None

    def order(self) -> dict[str, Any]:
        """What the next bot is told."""
        sandbox, point = self.sandbox, self.point
        settings = {
            "slack_bot_token": sandbox.bot_token,
            "slack_app_token": sandbox.app_token,
            "slack_api_url": self.proxy_url,
            "incidents_channel": sandbox.channels["incidents"],
            "database_url": self.database_url,
            "policy_file": str(self.folder / "policy.yml"),
        }
        death: dict[str, Any] = {point.what: (point.when, point.number)} if point else {}
        return {"settings": settings, **death}

    async def keep_alive(self) -> None:
        """Start the bot, and start it again whenever it has died."""
        while True:
            self.calls = self.commits = 0
            self.life = await Life.begin(self.spawner, self.order())
            while word := await self.life.word():
                if word == "commit":
                    self.commits += 1
                    continue
                self.up.set()
                if self.point and self.point.what == "time":
                    asyncio.get_running_loop().call_later(self.point.number, self.life.kill)
            self.up.clear()
            await self.life.end()
            self.kills += 1

    def kill(self) -> None:
        """Kill the bot with SIGKILL, which is like a power cut."""
        if self.life:
            self.up.clear()
            self.life.kill()

    async def forward(self, request: web.Request) -> web.StreamResponse:
        """Pass a call on to Slack, and kill the bot if it is to die here."""
        method = request.match_info["method"]
        body, headers = (
            await request.read(),
            {
                name: value
                for name, value in request.headers.items()
                if name in {"Authorization", "Content-Type"}
            },
        )
        fatal = self._is_fatal(method)
        if fatal == "before":
            return self._cut(request)
        async with (
            aiohttp.ClientSession() as session,
            session.request(
                request.method,
                self.sandbox.base_url + method,
                params=request.query,
                data=body,
                headers=headers,
            ) as answer,
        ):
            content = await answer.read()
        if fatal == "after":
            return self._cut(request)
        passed = {
            name: answer.headers[name] for name in ("Retry-After", "x-oauth-scopes") if name in answer.headers
        }
        return web.Response(
            body=content, status=answer.status, content_type=answer.content_type, headers=passed
        )

    def _is_fatal(self, method: str) -> When | None:
        if method in STARTING:
            return None
        self.calls += 1
        point = self.point
        return point.when if point and point.what == "call" and self.calls == point.number else None

    def _cut(self, request: web.Request) -> web.Response:
        self.kill()
        if request.transport:
            request.transport.abort()
        return web.Response(status=503)


@asynccontextmanager
async def killable(folder: Path, spawner: str, points: list[Point]) -> AsyncIterator[KillableBot]:
    """Run sandbox, proxy and bot until the end of the block."""
    (folder / "policy.yml").write_text(POLICY)
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    sandbox = await Sandbox.start(manifest=manifest, rate_limits=False)
    async with Driver(sandbox.control_url) as driver:
        made = KillableBot(sandbox, driver, folder, spawner, points)
        server = web.Application()
        server.router.add_route("*", "/api/{method}", made.forward)
        runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        made.proxy_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        watch = asyncio.create_task(made.keep_alive())
        try:
            yield made
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)
            if made.life:
                await made.life.end()
            await runner.cleanup()
            await sandbox.stop()
