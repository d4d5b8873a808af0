"""Practice: `warroom run` without tokens, and `warroom practice`."""

import asyncio
import os
import signal
import sys
from pathlib import Path

import aiohttp

from bot.cli.practice import workspace
from bot.sandbox.driver import Driver
from tests.cli.command import CLEAN, run, slack
from tests.web.pages.conftest import browser, links_in


def test_with_only_some_tokens_the_start_is_refused_with_all_that_is_missing(tmp_path: Path) -> None:
    status, told = run("run", SLACK_APP_TOKEN="xapp-1", INCIDENTS_CHANNEL="#incidents")  # noqa: S106  # no real one
    assert status == 2
    assert "INCIDENTS_CHANNEL" in told
    status, told = run("run", SLACK_APP_TOKEN="xapp-1")  # noqa: S106  # as above
    assert (status, "SLACK_BOT_TOKEN" in told) == (2, True)
    assert not (tmp_path / "warroom.db").exists()


async def page_of_figures(address: str) -> str:
    """The page behind *Open the page* of the figures, as alice sees it."""
    async with Driver(f"{address}control/") as driver, browser() as alices:
        alice = driver.user("alice")
        await alice.command("general", "/incident", "declare sev4 Down")
        answer = await alice.command("general", "/incident", "metrics 7d")
        return (await alices.open(links_in(answer["messages"])[0])).text


async def test_practice_prints_its_address_and_database_and_ends_at_sigterm(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--port", "0"),
        cwd=tmp_path,
        env={**os.environ, **CLEAN, "DATABASE_URL": "sqlite:///mine.db"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    async with asyncio.timeout(60):
        printed = ""
        while "Ctrl-C" not in printed:
            printed += (await process.stdout.readline()).decode()
        address = next(word for word in printed.split() if word.startswith("http://127.0.0.1:"))
        async with aiohttp.ClientSession() as session, session.get(address) as page:
            assert page.status == 200
        assert "Incidents: 7d" in await page_of_figures(address)
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
    assert "PRACTICE" in (await process.stderr.read()).decode()
    assert str(tmp_path / "practice-0.db") in printed
    assert not (tmp_path / "mine.db").exists()


async def test_each_practice_begins_with_an_empty_database(tmp_path: Path) -> None:
    for _ in range(2):
        async with workspace(0, tmp_path / "p.db") as (sandbox, _app), Driver(sandbox.control_url) as driver:
            await driver.user("alice").command("general", "/incident", "declare sev1 Down")
            await driver.user("alice").until(
                lambda seen: any(c["name"] == "inc-1-down" for c in seen["channels"])
            )


async def test_a_port_in_use_is_reported() -> None:
    async with slack() as sandbox:
        port = sandbox.page_url.rsplit(":", 1)[1].strip("/")
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "practice", "--port", port), stderr=asyncio.subprocess.PIPE
        )
        _, told = await process.communicate()
    assert process.returncode == 2
    assert f"port {port} is taken" in told.decode()
