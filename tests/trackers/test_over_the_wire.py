"""The running bot with a stand-in for GitHub: webhooks are proven, committed before they are answered, and survive kills."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from bot.cli import doctor
from bot.config import GivenSettings
from bot.followup.domain.vocabulary import State
from bot.followup.store import items
from bot.policy_file import DEFAULT
from tests.slack.conftest import Office, Town, town_on
from tests.slack.test_tasks import direct, mention
from tests.trackers.github_server import SECRET, TOKEN, GitHubServer
from tests.trackers.stand_in import LOST, Fault
from tests.web.conftest import free_port

EXPIRED = "expired"
SECTION = "trackers:\n  github: {repository: acme/checkout}\n  send: all\n"


@pytest.fixture
async def town(tmp_path: Path, database_url: str) -> AsyncIterator[Town]:
    async with town_on(database_url, tmp_path) as town:
        yield town


@pytest.fixture
async def server(town: Town) -> AsyncIterator[GitHubServer]:
    stand_in = GitHubServer(time=town.sandbox.clock.now())
    async with stand_in.at_work():
        yield stand_in


@pytest.fixture
def given(tmp_path: Path, server: GitHubServer) -> dict[str, Any]:
    """The settings of a bot that GitHub can call."""
    policy = tmp_path / "policy.yml"
    policy.write_text(DEFAULT.read_text(encoding="utf-8") + SECTION, encoding="utf-8")
    return {
        "policy_file": policy,
        "github_token": TOKEN,
        "github_api_url": server.url,
        "github_webhook_secret": SECRET,
        "host": "127.0.0.1",
        "port": free_port(),
    }


async def _post(given: dict[str, Any], body: bytes, headers: dict[str, str]) -> int:
    url = f"http://127.0.0.1:{given['port']}/trackers/github"
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status


async def _state(office: Office) -> State:
    async with office.app.database.reading() as session:
        stored = await items.ITEMS.by_number(session, office.app.team, 1)
    assert stored
    return stored.state.state


async def _add(office: Office) -> None:
    await office.told("alice", f"action {mention(office, 'bob')} by friday add an alert on replica lag")


async def test_a_webhook_is_proven_and_committed_before_it_is_answered(
    town: Town, server: GitHubServer, given: dict[str, Any]
) -> None:
    async with town.bot(**given) as office:
        await office.declare()
        await _add(office)
        await office.app.engine.deliverer.drain()
        assert "acme/checkout#1" in await office.told("bob", "actions mine", channel="general")
        server.close(1)
        body, headers = server.webhook(1, "closed")
        wrong = "sha256=" + "0" * 64
        for forged in ({}, {"X-Hub-Signature-256": wrong}, {"X-Hub-Signature-256": "sha1=abc"}):
            sent = {"Content-Type": "application/json", "X-GitHub-Event": "issues", **forged}
            assert await _post(given, body, sent) == 401
        assert await _post(given, body + b" ", headers) == 401
        assert await _post(given, body, headers | {"Content-Type": "text/plain"}) == 415
        assert await _state(office) is State.OPEN
        assert await _post(given, body, headers) == 200
        assert await _state(office) is State.DONE
        assert await _post(given, body, headers) == 200
        assert "https://github.com/acme/checkout/issues/1" in await office.told("alice", "actions done")
        assert server.count("PATCH") == 0


async def test_a_bot_that_ends_in_the_midst_of_a_creation_creates_no_second_issue(
    town: Town, server: GitHubServer, given: dict[str, Any]
) -> None:
    server.faults = [Fault("POST", LOST, is_done=True)]
    async with town.bot(**given) as office:
        await office.declare()
        await _add(office)
        async with asyncio.timeout(30):
            await server.done.wait()
    async with town.bot(**given) as office:
        await town.driver.advance(120)
        await office.app.engine.deliverer.drain()
        assert "acme/checkout#1" in await office.told("alice", "actions")
    assert list(server.issues) == [1]


async def test_a_refusal_is_told_to_the_owner_and_try_again_works(
    town: Town, server: GitHubServer, given: dict[str, Any]
) -> None:
    async with town.bot(**given | {"github_token": EXPIRED}) as office:
        await office.declare()
        await _add(office)
        await office.app.engine.deliverer.drain()
        _, message = await direct(office, "bob", "could not create", "unauthorized")
        assert "an operator must set a new one" in str(message)
        found = [each async for each in doctor._findings(_settings(town, given, github_token=EXPIRED), None)]
        wrong = [f"{each.what} {each.remedy}" for each in found if "action item" in each.what and each.remedy]
        assert any("GitHub says unauthorized" in each for each in wrong)
        assert any("does not take the last change of 1 action item: unauthorized" in each for each in wrong)
    async with town.bot(**given) as office:
        bob = office.person("bob")
        channel, message = await direct(office, "bob", "could not create")
        await bob.click("action_track", channel=channel, ts=message["ts"])
        await office.app.engine.deliverer.drain()
        assert list(server.issues) == [1]
        found = [each async for each in doctor._findings(_settings(town, given), None)]
        assert not [each for each in found if "action item" in each.what and "GitHub" in each.remedy]
        assert any("tells changes at /trackers/github" in each.what for each in found)


async def test_doctor_says_what_is_missing(town: Town, given: dict[str, Any]) -> None:
    silent = {"github_token": None, "github_webhook_secret": None}
    found = [each async for each in doctor._findings(_settings(town, given, **silent), None)]
    assert any("Set GITHUB_TOKEN" in each.remedy for each in found)
    found = [
        each async for each in doctor._findings(_settings(town, given, github_webhook_secret=None), None)
    ]
    assert any("is asked for changes, every minute" in each.what for each in found)


def _settings(town: Town, given: dict[str, Any], **more: Any) -> GivenSettings:
    return GivenSettings.model_validate({"database_url": town.database_url, **given, **more})


def test_no_secret_is_shown(town: Town, given: dict[str, Any]) -> None:
    settings = _settings(town, given)
    assert TOKEN not in repr(settings)
    assert SECRET not in repr(settings)
