"""The connection to the workspace is lost and comes back."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.sandbox.page.actions import composer, messages, notice, say
from tests.sandbox.page.conftest import Visit
from tests.sandbox.page.practice_app import MANIFEST

pytestmark = pytest.mark.browser


async def test_messages_posted_while_the_network_was_away_are_shown_afterwards(
    visit: Visit, sandbox: Sandbox
) -> None:
    page = await visit("/alice/general")
    await composer(page).fill("half a thought")
    await page.context.set_offline(True)
    await sandbox.act({"user": "bob", "action": "say", "channel": "general", "text": "while you were away"})
    await page.context.set_offline(False)
    await expect(messages(page).get_by_text("while you were away")).to_be_visible()
    await expect(composer(page)).to_have_value("half a thought")


async def test_after_a_restart_of_the_workspace_the_page_says_so_and_works(
    visit: Visit, sandbox: Sandbox
) -> None:
    page = await visit("/alice/general")
    await composer(page).fill("half a thought")
    await sandbox.stop()
    await expect(page.get_by_role("status").filter(has_text="Reconnecting")).to_be_visible()

    again = await Sandbox.start(port=int(urlsplit(sandbox.page_url).port or 0), manifest=MANIFEST)
    try:
        await expect(page.locator("[data-live]")).to_be_empty()
        await again.act({"user": "bob", "action": "say", "channel": "general", "text": "hello again"})
        await expect(messages(page).get_by_text("hello again")).to_be_visible()
        await expect(composer(page)).to_have_value("half a thought")
    finally:
        await again.stop()


async def test_without_an_app_a_command_says_that_none_is_connected(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/incident")
    await expect(notice(page)).to_contain_text("The app is not connected.")
