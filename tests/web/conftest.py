"""The real bot in the sandbox, with its server listening as in production."""

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
    """A port that nobody uses at this moment."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


@dataclass(frozen=True)
class House:
    """An office that can be looked at from outside."""

    office: Office
    port: int

    async def get(self, path: str) -> tuple[int, str]:
        """Status and body of what the bot answers there."""
        return await get(self.port, path)

    async def figures(self, shown: Callable[[str], bool]) -> str:
        """What /metrics says, as soon as this is true of it: some things are counted right after people see them."""
        async with asyncio.timeout(10):
            while True:
                _, told = await self.get("/metrics")
                if shown(told):
                    return told


@pytest.fixture(params=["socket mode", "signed http"])
async def house(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[House]:
    """The bot, hearing Slack both ways."""
    sandbox = await Sandbox.start(
        manifest=yaml.safe_load(shipped("manifest.yml").read_text()), ack_seconds=UNHURRIED.ack
    )
    port = free_port()
    given = settings(sandbox, tmp_path / "house.db").model_dump() | {"port": port, "host": "127.0.0.1"}
    http = request.param == "signed http"
    if http:
        given |= {"slack_app_token": None, "slack_signing_secret": sandbox.signing_secret}
    async with (
        running(GivenSettings.model_validate(given), clock=sandbox.clock.now, patience=UNHURRIED) as app,
        Driver(sandbox.control_url) as driver,
    ):
        if http:
            await driver.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        yield House(Office(sandbox, app, driver, Stage(driver, tmp_path)), port)
    await sandbox.stop()
