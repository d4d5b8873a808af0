"""A gateway to a sandbox."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
import yaml

from bot.core.blocks import Message
from bot.core.clock import utc_now
from bot.core.resources import shipped
from bot.core.text import md
from bot.ports.port import Begun
from bot.ports.slack.calls import Call, CreateChannel, UploadFile
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from bot.slack.connection import web_client
from bot.slack.gateway.gateway import Gateway

NOW = utc_now()
HELLO = Message.of(md("hello"))


@dataclass(frozen=True)
class Line:
    """A gateway to a sandbox, and who can look into it."""

    gateway: Gateway
    sandbox: Sandbox
    driver: Driver

    async def do(self, call: Call, *, doubt: bool = False) -> Any:
        """Perform a call."""
        return await self.gateway.perform(call, doubt)

    async def room(self) -> str:
        """A fresh channel of the bot's."""
        made = await self.do(CreateChannel(["inc-1"], private=False, since=NOW))
        return str(made.receipt["channel"])

    async def uploaded(self) -> str:
        """The id of a file whose bytes are there, and which nobody sees yet."""
        begun = await self.do(UploadFile("draft.md", "# Draft\n"))
        assert isinstance(begun, Begun)
        return begun.progress["file"]

    async def files(self, channel: str) -> list[str]:
        """The ids of the files that alice sees there."""
        await self.driver.user("alice").join(channel)
        shown = (await self.driver.user("alice").see(channel))["channel"]["messages"]
        return [file["id"] for message in shown for file in message.get("files") or []]

    async def everything(self, channel: str) -> list[dict[str, Any]]:
        """What alice sees there."""
        await self.driver.user("alice").join(channel)
        return list((await self.driver.user("alice").see(channel))["channel"]["messages"])

    async def messages(self, channel: str) -> list[dict[str, Any]]:
        """What alice reads there, besides what Slack itself posts."""
        await self.driver.user("alice").join(channel)
        shown = (await self.driver.user("alice").see(channel))["channel"]["messages"]
        return [message for message in shown if not message.get("subtype")]


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    sandbox = await Sandbox.start(manifest=manifest)
    async with (
        Driver(sandbox.control_url) as driver,
        web_client(sandbox.bot_token, sandbox.base_url) as (client, session),
    ):
        yield Line(Gateway(client, session), sandbox, driver)
    await sandbox.stop()
