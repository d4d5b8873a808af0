"""The real bot in the sandbox, over the wire, with people who act in it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.app import App, running
from bot.cli.practice import settings, workspace
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.drills.stage import Stage, readable
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver, Person
from bot.slack.connection import Timeouts
from tests.patience import UNHURRIED


@dataclass(frozen=True)
class Office:
    """A workspace with the bot in it, and people.

    Attributes:
        stage: finds what people see; `stage.room` is the war room that was opened last.
    """

    sandbox: Sandbox
    app: App
    driver: Driver
    stage: Stage

    def person(self, name: str) -> Person:
        """One of the six."""
        return self.driver.user(name)

    async def declare(self, text: str = "sev2 Checkout is failing", by: str = "alice") -> str:
        """Declare in one line and go to the war room; its channel id."""
        person = self.person(by)
        before = {channel["id"] for channel in (await person.see())["channels"]}
        await person.command("general", "/incident", f"declare {text}")
        self.stage.room = await person.until(
            lambda seen: next(
                (c["id"] for c in seen["channels"] if c["id"] not in before and c["is_member"]), None
            )
        )
        await self.stage.card("triage")
        return self.stage.room

    async def told(self, by: str, text: str, channel: str = "") -> str:
        """Type `/incident …`. Returns the answer that only this person sees."""
        answer = await self.person(by).command(channel or self.stage.room, "/incident", text)
        return readable(answer["messages"])


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with (
        workspace(0, tmp_path / "office.db", UNHURRIED) as (sandbox, app),
        Driver(sandbox.control_url) as driver,
    ):
        yield Office(sandbox, app, driver, Stage(driver, tmp_path))


@dataclass(frozen=True)
class Town:
    """A workspace with one database whose bot is started and stopped. Its clock stands still until it is moved."""

    sandbox: Sandbox
    driver: Driver
    stage: Stage
    database_url: str
    patience: Timeouts

    @asynccontextmanager
    async def bot(self, **more: Any) -> AsyncIterator[Office]:
        """Run the bot until the end of the block, with more settings than usual."""
        given = settings(self.sandbox, self.stage.out / "unused.db").model_dump()
        chosen = GivenSettings.model_validate(given | {"database_url": self.database_url} | more)
        async with running(chosen, clock=self.sandbox.clock.now, timeouts=self.patience) as app:
            yield Office(self.sandbox, app, self.driver, self.stage)


@asynccontextmanager
async def town_on(database_url: str, folder: Path, patience: Timeouts = UNHURRIED) -> AsyncIterator[Town]:
    """A town whose bot keeps its incidents in this database."""
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    sandbox = await Sandbox.start(manifest=manifest, ack_seconds=patience.ack)
    sandbox.clock.stop()
    async with Driver(sandbox.control_url) as driver:
        yield Town(sandbox, driver, Stage(driver, folder), database_url, patience)
    await sandbox.stop()


@pytest.fixture
async def town(tmp_path: Path, database_url: str) -> AsyncIterator[Town]:
    """A town on an empty database, of each kind."""
    async with town_on(database_url, tmp_path) as town:
        yield town
