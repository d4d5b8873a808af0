"""The real bot in the sandbox, over the wire, with people to act in it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app import App
from bot.cli.drills.stage import Stage, readable
from bot.cli.practice import workspace
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver, Person


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
        """Type `/incident …`; the answer that only this person sees."""
        answer = await self.person(by).command(channel or self.stage.room, "/incident", text)
        return readable(answer["messages"])


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    async with (
        workspace(0, tmp_path / "office.db") as (sandbox, app),
        Driver(sandbox.control_url) as driver,
    ):
        yield Office(sandbox, app, driver, Stage(driver, tmp_path))
