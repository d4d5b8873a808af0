"""`warroom run` as a process: it waits for a Slack that is unwell, runs, and ends when told."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import yaml

from bot.resources import shipped
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from bot.sandbox.faults import Fault


async def test_run_waits_for_a_slack_that_is_unwell_and_then_serves_until_sigterm(tmp_path: Path) -> None:
    sandbox = await Sandbox.start(manifest=yaml.safe_load(shipped("manifest.yml").read_text()))
    sandbox.faults.add(Fault("error503", method="auth.test", count=1))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=tmp_path,
        env={
            **os.environ,
            "SLACK_BOT_TOKEN": sandbox.bot_token,
            "SLACK_APP_TOKEN": sandbox.app_token,
            "SLACK_API_URL": sandbox.base_url,
            "DATABASE_URL": f"sqlite:///{tmp_path / 'run.db'}",
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "debug",
        },
        stderr=asyncio.subprocess.PIPE,
    )
    async with Driver(sandbox.control_url) as driver, asyncio.timeout(30):
        await sandbox.sockets.connected()
        alice = driver.user("alice")
        await alice.command("general", "/incident", "declare sev1 TOPSECRET merger")
        await alice.until(
            lambda seen: any(c["name"].startswith("inc-1") and c["is_member"] for c in seen["channels"])
        )
        process.send_signal(signal.SIGTERM)
        assert process.stderr
        log = (await process.stderr.read()).decode()
        assert await process.wait() == 0
    await sandbox.stop()
    assert "slack.unwell" in log
    assert "warroom.ready" in log
    for secret in (sandbox.bot_token, sandbox.app_token, "TOPSECRET"):
        assert secret not in log
