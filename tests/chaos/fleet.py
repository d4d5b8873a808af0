"""Three bots in processes of their own, on one database and one Slack. A killed bot is started again."""

import asyncio
import random
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import yaml
from aiohttp import web

from bot.core.resources import shipped
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.chaos.spawner import Life
from tests.policies import patient

SKEWS = (-60, 0, 60)  # seconds by which the replicas' clocks are wrong
POLICY = patient(commander_within="3 days")


@dataclass
class Replica:
    """One of the bots.

    Attributes:
        port: where it takes Slack's requests; None where it uses Socket Mode.
    """

    order: dict[str, Any]
    port: int | None
    life: Life | None = None
    up: asyncio.Event = field(default_factory=asyncio.Event)
    kills: int = 0

    async def keep_alive(self, spawner: str) -> None:
        """Start it, and start it again whenever it has died."""
        while True:
            self.life = await Life.begin(spawner, self.order)
            while await self.life.word():
                self.up.set()
            self.up.clear()
            await self.life.end()

    def kill(self) -> None:
        """Kill it with SIGKILL, which is like a power cut."""
        if self.life:
            self.up.clear()
            self.life.kill()
            self.kills += 1


@dataclass
class Fleet:
    """The parts that a test uses: sandbox, replicas and load balancer."""

    sandbox: Sandbox
    driver: Driver
    replicas: list[Replica]
    turn: int = 0

    @property
    def kills(self) -> int:
        """How often a replica was killed."""
        return sum(replica.kills for replica in self.replicas)

    async def until(self, found: Callable[[], Any], seconds: float = 120.0) -> None:
        """Wait until something can be found in Slack. Looks again at each change."""
        async with asyncio.timeout(seconds):
            while not found():
                await self.sandbox.revisions.wait(self.sandbox.revisions.seq, lambda _: True, 1.0)

    @asynccontextmanager
    async def killed_at_random(self, seed: int, changes: int) -> AsyncIterator[None]:
        """Until the end of the block, kill a random replica each time Slack has changed about this many times."""
        killing = asyncio.create_task(self._kill_now_and_then(seed, changes))
        try:
            yield
        finally:
            killing.cancel()
            await asyncio.gather(killing, return_exceptions=True)

    async def _kill_now_and_then(self, seed: int, changes: int) -> None:
        rng = random.Random(seed)  # noqa: S311  # repeatable
        while True:
            goal = self.sandbox.revisions.seq + rng.randint(changes // 2, changes * 3 // 2)
            await self.until(lambda goal=goal: self.sandbox.revisions.seq >= goal, 600)  # type: ignore[misc]  # mypy#15459: a default in a lambda
            replica = rng.choice(self.replicas)
            await replica.up.wait()
            replica.kill()

    async def forward(self, request: web.Request) -> web.Response:
        """The load balancer: pass a request of Slack's on to the next replica that accepts it."""
        body = await request.read()
        headers = {
            name: value for name, value in request.headers.items() if name.startswith(("X-", "Content-T"))
        }
        for _ in self.replicas:
            self.turn += 1
            replica = self.replicas[self.turn % len(self.replicas)]
            url = f"http://127.0.0.1:{replica.port}/slack/events"
            try:
                async with aiohttp.request("POST", url, data=body, headers=headers) as answer:
                    return web.Response(
                        body=await answer.read(), status=answer.status, content_type=answer.content_type
                    )
            except aiohttp.ClientConnectorError:
                continue  # it is down: try the next one
            except aiohttp.ClientError:
                break  # it died during this request, which may have taken effect
        return web.Response(status=502)


@asynccontextmanager
async def fleet(folder: Path, database_url: str, spawner: str, *, http: bool) -> AsyncIterator[Fleet]:
    """Run sandbox, load balancer and bots until the end of the block. All three bots start together."""
    (folder / "policy.yml").write_text(POLICY)
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    sandbox = await Sandbox.start(manifest=manifest, rate_limits=False)
    async with Driver(sandbox.control_url) as driver:
        ports = _free_ports(len(SKEWS)) if http else [None for _ in SKEWS]
        replicas = [
            Replica(_order(sandbox, folder, database_url, port, skew), port)
            for port, skew in zip(ports, SKEWS, strict=True)
        ]
        made = Fleet(sandbox, driver, replicas)
        watches = [asyncio.create_task(replica.keep_alive(spawner)) for replica in replicas]
        runner = await _balancer(made)
        try:
            async with asyncio.timeout(60):
                await asyncio.gather(*(replica.up.wait() for replica in replicas))
            if http:
                await driver.deliver_to(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
            yield made
        finally:
            for watch in watches:
                watch.cancel()
            await asyncio.gather(*watches, return_exceptions=True)
            for replica in replicas:
                if replica.life:
                    await replica.life.end()
            await runner.cleanup()
            await sandbox.stop()


def _order(sandbox: Sandbox, folder: Path, database_url: str, port: int | None, skew: int) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "slack_bot_token": sandbox.bot_token,
        "slack_api_url": sandbox.base_url,
        "incidents_channel": sandbox.channels["incidents"],
        "database_url": database_url,
        "policy_file": str(folder / "policy.yml"),
    }
    if port:
        settings |= {"slack_signing_secret": sandbox.signing_secret, "port": port, "host": "127.0.0.1"}
    else:
        settings |= {"slack_app_token": sandbox.app_token}
    return {"settings": settings, "skew": skew}


async def _balancer(made: Fleet) -> web.AppRunner:
    server = web.Application()
    server.router.add_post("/slack/events", made.forward)
    runner = web.AppRunner(server, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner


def _free_ports(count: int) -> list[int]:
    """Free ports, all different: each is held until all are found."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]
