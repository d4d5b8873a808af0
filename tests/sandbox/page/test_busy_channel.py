"""A busy workspace: a hundred channels, thousands of messages."""

import pytest
from playwright.async_api import expect

from tests.sandbox.page.actions import messages
from tests.sandbox.page.busy import MESSAGES, busy
from tests.sandbox.page.conftest import LAPTOP, chromium

pytestmark = pytest.mark.browser
STALL = 200
"""Milliseconds that nothing on the page may take at a stretch."""
WATCH = """() => {
  window.stalls = [];
  new PerformanceObserver((list) => list.getEntries().forEach((each) => window.stalls.push(each.duration)))
    .observe({ type: "longtask" });
}"""


async def test_a_busy_channel_opens_scrolls_and_updates_without_stalling() -> None:
    async with busy() as sandbox, chromium() as browser:
        page = await browser.new_page(viewport=LAPTOP)
        await page.goto(f"{sandbox.page_url}alice/general")
        rows = messages(page).locator(":scope > li")
        await expect(rows).to_have_count(100)
        await expect(rows.last).to_be_in_viewport()
        await page.evaluate(WATCH)

        await sandbox.act({"user": "bob", "action": "say", "channel": "general", "text": "and one more"})
        await expect(rows.last).to_contain_text("and one more")
        await expect(rows.last).to_be_in_viewport()

        first = messages(page).get_by_text(f"message {MESSAGES - 100} bold")
        await first.scroll_into_view_if_needed()
        await expect(rows).to_have_count(201)
        await expect(first).to_be_in_viewport()  # the message that the person was reading stays in place

        await sandbox.act({"user": "bob", "action": "say", "channel": "general", "text": "far below"})
        await expect(page.get_by_role("button", name="Newest messages")).to_be_visible()
        await page.get_by_role("button", name="Newest messages").click()
        await expect(rows.last).to_contain_text("far below")
        await expect(rows.last).to_be_in_viewport()

        await page.get_by_role("link", name="team-095").click()
        await expect(page.get_by_role("heading", name="team-095", level=1)).to_be_visible()
        stalls = await page.evaluate("() => window.stalls")
        assert [each for each in stalls if each > STALL] == []
