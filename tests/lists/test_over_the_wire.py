"""The running bot keeps its list in the sandbox: made, shared, filled, refused, and made again."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest

from bot.policy_file import DEFAULT
from bot.sandbox.state.slack_list import SlackList
from tests.slack.conftest import Town, town_on
from tests.slack.test_tasks import mention


@pytest.fixture
async def town(tmp_path: Path, database_url: str) -> AsyncIterator[Town]:
    async with town_on(database_url, tmp_path) as town:
        yield town


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    found = tmp_path / "policy.yml"
    text = DEFAULT.read_text(encoding="utf-8") + "trackers: {slack_list: yes}\n"
    found.write_text(text, encoding="utf-8")
    return found


async def _rows(town: Town, count: int) -> SlackList:
    async with asyncio.timeout(30):
        while True:
            for each in town.sandbox.workspace.lists.values():
                if not each.deleted and len(each.items) == count and len(each.access) > 1:
                    return each
            await asyncio.sleep(0.05)


async def _until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while True:
            if is_so():
                return
            await asyncio.sleep(0.05)


async def test_an_item_is_in_the_list_until_it_is_over_and_people_see_it(town: Town, policy: Path) -> None:
    async with town.bot(policy_file=policy) as office:
        await _rows(town, 0)
        await office.declare()
        await office.told("alice", f"action {mention(office, 'bob')} by friday <b>alert</b> on lag")
        kept = await _rows(town, 1)
        (row,) = kept.to_json()["rows"]
        assert [each.get("text") for each in row][3:7] == ["Prevent", "Medium", "INC-1", "ACT-1"]
        assert (await town.driver.see("bob"))["lists"][0]["name"] == "Action items"
        async with aiohttp.ClientSession() as session:
            url = f"{town.sandbox.page_url}bob/incidents?tab=files"
            async with session.get(url) as answer:
                page = await answer.text()
        assert "ACT-1" in page
        assert "<b>alert</b>" not in page
        await office.told("alice", "action move ACT-1 2027-01-04")
        await _until(lambda: "2027-01-04" in json.dumps(kept.to_json()["rows"]))
        await town.driver.fault("reset_after", method="slackLists.items.create", count=1)
        await office.told("alice", f"action {mention(office, 'bob')} by friday write a runbook")
        await _until(lambda: len(kept.items) == 2)
        await town.driver.advance(120)
        await office.app.engine.deliverer.drain()
        assert len(kept.items) == 2  # the row was found again, and not made twice
        await office.told("alice", "action done ACT-2 https://example.com/runbook")
        await _until(lambda: len(kept.items) == 1)
        kept.deleted = True
        await office.told("alice", f"action {mention(office, 'bob')} by friday rehearse the failover")
        await office.app.engine.deliverer.drain()
        await town.driver.advance(3700)
        assert (await _rows(town, 2)).id != kept.id
