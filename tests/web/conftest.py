"""The real bot in the sandbox, with its HTTP server as in production."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from bot.app import running
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.drills.stage import Stage
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.patience import UNHURRIED
from tests.slack.conftest import Office
from tests.web.figures import get


def free_port() -> int:
    """A port that is free at this moment."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@dataclass(frozen=True)
class BotServer:
    """An office whose bot can be asked over HTTP."""

    office: Office
    port: int

    async def get(self, path: str) -> tuple[int, str]:
        """Status and body of the bot's answer."""
        return await get(self.port, path)

    async def figures(self, shown: Callable[[str], bool]) -> str:
        """The text of /metrics once this is true of it: some things are counted just after people see them."""
        async with asyncio.timeout(10):
            while True:
                _, told = await self.get("/metrics")
                if shown(told):
                    return told


@pytest.fixture(params=["socket mode", "signed http"])
async def bot_server(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[BotServer]:
    """The bot, which receives from Slack in both ways."""
    sandbox = await Sandbox.start(
        manifest=yaml.safe_load(shipped("manifest.yml").read_text()), ack_seconds=UNHURRIED.ack
    )
    port = free_port()
    given = settings(sandbox, tmp_path / "house.db").model_dump() | {"port": port, "host": "127.0.0.1"}
    http = request.param == "signed http"
    if http:
        given |= {"slack_app_token": None, "slack_signing_secret": sandbox.signing_secret}
    async with (
        running(GivenSettings.model_validate(given), clock=sandbox.clock.now, timeouts=UNHURRIED) as app,
        Driver(sandbox.control_url) as driver,
    ):
        if http:
            await driver.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        yield BotServer(Office(sandbox, app, driver, Stage(driver, tmp_path)), port)
    await sandbox.stop()
