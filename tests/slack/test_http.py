"""Signed HTTP: the same bot, called by Slack. Requests that Slack has not signed are refused."""

import socket
from pathlib import Path

import aiohttp
import pytest
import yaml

from bot.app import running
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from bot.web.server import CannotServeError
from tests.web.conftest import free_port


async def test_the_bot_declares_over_signed_http_and_refuses_unsigned_requests(tmp_path: Path) -> None:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    sandbox = await Sandbox.start(manifest=manifest)
    port = free_port()
    given = settings(sandbox, tmp_path / "http.db").model_dump(exclude={"slack_app_token"})
    given |= {"slack_signing_secret": sandbox.signing_secret, "port": port, "host": "127.0.0.1"}
    http = GivenSettings.model_validate(given)
    async with running(http, clock=sandbox.clock.now), Driver(sandbox.control_url) as driver:
        await driver.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        alice = driver.user("alice")
        await alice.command("general", "/incident", "declare sev1 Payments are down")
        room = "inc-1-payments-are-down"
        await alice.until(lambda seen: any(c["name"] == room for c in seen["channels"]))
        async with aiohttp.ClientSession() as session:
            forged = {"command": "/incident", "text": "list", "team_id": "T1", "user_id": "U1"}
            url = f"http://127.0.0.1:{port}"
            async with session.post(f"{url}/slack/events", data=forged) as answer:
                assert answer.status == 401
            async with session.get(f"{url}/healthz") as answer:
                assert await answer.json() == {"ok": True}
    await sandbox.stop()


async def test_a_port_in_use_is_reported_in_plain_words(tmp_path: Path) -> None:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    sandbox = await Sandbox.start(manifest=manifest)
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()
        given = settings(sandbox, tmp_path / "http.db").model_dump(exclude={"slack_app_token"})
        given |= {"slack_signing_secret": "s", "port": door.getsockname()[1], "host": "127.0.0.1"}
        with pytest.raises(CannotServeError, match="Stop what listens there, or change PORT"):
            await running(GivenSettings.model_validate(given)).__aenter__()
    await sandbox.stop()
