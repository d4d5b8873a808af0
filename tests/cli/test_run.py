"""`warroom run` as a process: it waits for a Slack that is unwell, runs, and ends when told."""

import asyncio
import json
from pathlib import Path

from bot.sandbox.driver import Driver
from bot.sandbox.faults import Fault
from tests.cli.process import bot, workspace
from tests.web.conftest import free_port
from tests.web.figures import get


async def test_run_waits_for_a_slack_that_is_unwell_and_then_serves_until_sigterm(tmp_path: Path) -> None:
    sandbox = await workspace()
    sandbox.faults.add(Fault("error503", method="auth.test", count=1))
    port = free_port()
    async with (
        Driver(sandbox.control_url) as driver,
        bot(sandbox, tmp_path, PORT=str(port), HOST="127.0.0.1") as waiting,
        asyncio.timeout(30),
    ):
        await waiting.says("slack.unwell")
        assert (await get(port, "/healthz"))[0] == 200  # alive, but
        status, told = await get(port, "/readyz")
        assert (status, json.loads(told)["checks"]["slack"]["why"]) == (503, "not connected yet")
        await sandbox.sockets.connected()
        await waiting.says("warroom.ready")
        assert (await get(port, "/readyz"))[0] == 200
        alice = driver.user("alice")
        await alice.command("general", "/incident", "declare sev1 TOPSECRET merger")
        await alice.until(
            lambda seen: any(c["name"].startswith("inc-1") and c["is_member"] for c in seen["channels"])
        )
        status, _seconds = await waiting.stop()
        assert status == 0
    await sandbox.stop()
    for secret in (sandbox.bot_token, sandbox.app_token, "TOPSECRET"):
        assert secret not in waiting.log
