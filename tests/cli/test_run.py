"""`warroom run` as a process: it waits while Slack has trouble, runs, and stops when told."""

import asyncio
import json
from pathlib import Path

from bot.sandbox.driver import Driver
from bot.sandbox.network.faults import Fault
from tests.cli.process import bot, workspace
from tests.web.conftest import free_port
from tests.web.figures import get


async def test_run_waits_while_slack_has_trouble_and_then_serves_until_sigterm(tmp_path: Path) -> None:
    sandbox = await workspace()
    sandbox.faults.add(Fault("error503", method="auth.test", count=1))
    port = free_port()
    async with (
        Driver(sandbox.control_url) as driver,
        bot(sandbox, tmp_path, PORT=str(port), HOST="127.0.0.1") as waiting,
        asyncio.timeout(30),
    ):
        await waiting.says("slack.unwell")
        assert (await get(port, "/healthz"))[0] == 200  # alive, but not ready
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


async def test_run_waits_for_a_database_that_is_away_and_answers_probes_meanwhile(tmp_path: Path) -> None:
    sandbox = await workspace()
    port = free_port()
    away = "postgresql://me:TOPSECRET@127.0.0.1:1/warroom"
    async with (
        bot(sandbox, tmp_path, PORT=str(port), HOST="127.0.0.1", DATABASE_URL=away) as waiting,
        asyncio.timeout(30),
    ):
        for pause in (1.0, 2.0):
            await waiting.says("database.away")
            told = json.loads(waiting.lines.pop())
            assert told["again_in_seconds"] == pause
            assert "See whether it is up, and check DATABASE_URL" in told["hint"]
            assert "TOPSECRET" not in told["hint"]
        assert (await get(port, "/healthz"))[0] == 200
        status, looked = await get(port, "/readyz")
        assert (status, json.loads(looked)["checks"]["database"]["ok"]) == (503, False)
        status, _seconds = await waiting.stop()
        assert status == 0
    await sandbox.stop()
    assert "TOPSECRET" not in waiting.log


async def test_a_wrong_database_url_is_reported_at_once(tmp_path: Path) -> None:
    sandbox = await workspace()
    wrong = "postgresql://me:TOPSECRET@nowhere.invalid/warroom"
    async with bot(sandbox, tmp_path, DATABASE_URL=wrong) as refused, asyncio.timeout(30):
        await refused.says("cannot use the database")
        status = await refused.process.wait()
    await sandbox.stop()
    assert status == 2
    assert "Check DATABASE_URL" in refused.log
    assert "TOPSECRET" not in refused.log


async def test_run_loads_nothing_that_only_other_commands_need(tmp_path: Path) -> None:
    sandbox = await workspace()
    async with bot(sandbox, tmp_path, PYTHONPROFILEIMPORTTIME="1") as ready:
        await ready.says("warroom.ready")
        loaded = {line.rpartition("|")[2].strip() for line in ready.lines if "|" in line}
    await sandbox.stop()
    assert {"bot", "slack_bolt", "structlog"} <= loaded
    assert {"typer", "rich.console", "holidays"} & loaded == set()
