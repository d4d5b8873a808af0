"""The ward: a sandbox, a bot in a process of its own that is killed at a chosen point, and started again.

Calls go through a small proxy, so that the bot dies before a call reached Slack, or after it took effect and before
the answer came back. The bot itself knows nothing of all this.
"""

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import aiohttp
import yaml
from aiohttp import web

from bot.resources import shipped
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver

POLICY = """
severities:
  SEV1: {impact: All, cadence: 3 days}
  SEV2: {impact: Many, cadence: 3 days}
  SEV3: {impact: Some, cadence: 3 days}
  SEV4: {impact: Few, cadence: 3 days}
commander_within: 1 s
escalate_after: 1 day
broadcast_after: 2 days
snooze: 10 min
"""
STARTING = {"auth.test", "conversations.info", "apps.connections.open"}

When = Literal["before", "after"]


@dataclass(frozen=True)
class Point:
    """Where the bot is killed: before or after its n-th call to Slack or commit; or so many seconds after the start."""

    what: Literal["call", "commit", "time"]
    when: When
    number: float

    def __str__(self) -> str:
        return f"{self.when} {self.what} {self.number}"


@dataclass
class Ward:
    """What a scenario has to do with."""

    sandbox: Sandbox
    driver: Driver
    folder: Path
    point: Point | None
    proxy_url: str = ""
    calls: int = 0
    kills: int = 0
    process: asyncio.subprocess.Process | None = None
    watch: asyncio.Task[None] | None = None
    up: asyncio.Event = field(default_factory=asyncio.Event)

    def order(self, *, first: bool) -> str:
        """What the victim is told."""
        sandbox, point = self.sandbox, self.point
        commit = (point.when, point.number) if first and point and point.what == "commit" else None
        settings = {
            "slack_bot_token": sandbox.bot_token,
            "slack_app_token": sandbox.app_token,
            "slack_api_url": self.proxy_url,
            "incidents_channel": sandbox.channels["incidents"],
            "database_url": f"sqlite:///{self.folder / 'victim.db'}",
            "policy_file": str(self.folder / "policy.yml"),
        }
        return json.dumps({"settings": settings, "commit": commit})

    async def keep_alive(self) -> None:
        """Start the bot, and start it again whenever it has died."""
        first = True
        while True:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.chaos.victim"),
                env={**os.environ, "VICTIM": self.order(first=first)},
                stdout=asyncio.subprocess.PIPE,
            )
            if self.process.stdout and await self.process.stdout.readline() == b"ready\n":
                self.up.set()
                if first and self.point and self.point.what == "time":
                    asyncio.get_running_loop().call_later(self.point.number, self.kill)
            await self.process.wait()
            self.up.clear()
            self.kills += 1
            first = False

    def kill(self) -> None:
        """As a power cut does it."""
        if self.process and self.process.returncode is None:
            self.up.clear()
            self.process.kill()

    async def forward(self, request: web.Request) -> web.StreamResponse:
        """Pass a call on to Slack, and kill the bot where it is told to die here."""
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
async def ward(folder: Path, point: Point | None) -> AsyncIterator[Ward]:
    """Sandbox, proxy and bot, until the end of the block."""
    (folder / "policy.yml").write_text(POLICY)
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    sandbox = await Sandbox.start(manifest=manifest, rate_limits=False)
    async with Driver(sandbox.control_url) as driver:
        made = Ward(sandbox, driver, folder, point)
        server = web.Application()
        server.router.add_route("*", "/api/{method}", made.forward)
        runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        made.proxy_url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
        made.watch = asyncio.create_task(made.keep_alive())
        async with asyncio.timeout(30):
            await made.up.wait()
        try:
            yield made
        finally:
            made.watch.cancel()
            await asyncio.gather(made.watch, return_exceptions=True)
            made.kill()
            if made.process:
                await made.process.wait()
            await runner.cleanup()
            await sandbox.stop()
