"""A busy workspace: a hundred channels, thousands of messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.async_api import expect

from bot.sandbox import Sandbox, seed
from tests.sandbox.page.conftest import chromium
from tests.sandbox.page.hands import messages
from tests.sandbox.page.practice_app import MANIFEST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.browser
MANY = 5_000
STALL = 200
"""Milliseconds that nothing on the page may take at a stretch."""
WATCH = """() => {
  window.stalls = [];
  new PerformanceObserver((list) => list.getEntries().forEach((each) => window.stalls.push(each.duration)))
    .observe({ type: "longtask" });
}"""


@pytest.fixture
async def busy() -> AsyncIterator[Sandbox]:
    """A workspace with 100 more channels and 5,000 messages in #general."""
    channels: list[dict[str, Any]] = [
        {"name": f"team-{at:03}", "members": ["alice", "bob"]} for at in range(100)
    ]
    running = await Sandbox.start(
        manifest=MANIFEST, workspace={"channels": seed.DEFAULT["channels"] + channels}
    )
    for at in range(MANY):
        who = ("alice", "bob", "carol")[at % 3]
        await running.act(
            {"user": who, "action": "say", "channel": "general", "text": f"message {at} *bold* `code`"}
        )
    yield running
    await running.stop()


async def test_a_busy_channel_opens_scrolls_and_updates_without_stalling(busy: Sandbox) -> None:
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 800})
        await page.goto(f"{busy.page_url}alice/general")
        rows = messages(page).locator(":scope > li")
        await expect(rows).to_have_count(100)
        await expect(rows.last).to_be_in_viewport()
        await page.evaluate(WATCH)

        await busy.act({"user": "bob", "action": "say", "channel": "general", "text": "and one more"})
        await expect(rows.last).to_contain_text("and one more")
        await expect(rows.last).to_be_in_viewport()

        first = messages(page).get_by_text(f"message {MANY - 100} bold")
        await first.scroll_into_view_if_needed()
        await expect(rows).to_have_count(201)
        await expect(first).to_be_in_viewport()  # what one was reading stays where it is

        await busy.act({"user": "bob", "action": "say", "channel": "general", "text": "far below"})
        await expect(page.get_by_role("button", name="New messages")).to_be_visible()
        await page.get_by_role("button", name="New messages").click()
        await expect(rows.last).to_contain_text("far below")
        await expect(rows.last).to_be_in_viewport()

        await page.get_by_role("link", name="team-099").click()
        await expect(page.get_by_role("heading", name="team-099", level=1)).to_be_visible()
        stalls = await page.evaluate("() => window.stalls")
        assert [each for each in stalls if each > STALL] == []
