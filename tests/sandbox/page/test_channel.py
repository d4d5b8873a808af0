"""Being in a channel: commands, shortcuts, the Home tab, joining."""

import pytest
from playwright.async_api import expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.page.actions import composer, notice, say
from tests.sandbox.page.conftest import Visit
from tests.sandbox.page.practice_app import PracticeApp

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]


async def test_an_app_that_never_answers_is_reported_beside_the_composer(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/silent treatment")
    await expect(notice(page)).to_contain_text("did not respond in time")
    await expect(composer(page)).to_have_value("/silent treatment")


async def test_an_unknown_command_is_explained(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/nonsense")
    await expect(notice(page)).to_contain_text("No app here has that command")


async def test_shortcuts_are_found_in_their_menus(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "the pool is exhausted")
    await page.locator(".message").hover()
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Add to timeline").click()
    await expect(page.locator(".ephemeral")).to_contain_text("Noted: the pool is exhausted")

    await page.get_by_role("button", name="Shortcuts and files").click()
    await page.get_by_role("menuitem", name="Declare").click()
    await expect(page.get_by_role("dialog", name="Declare an incident")).to_be_visible()


async def test_the_home_tab_is_published_when_it_is_opened(visit: Visit) -> None:
    page = await visit("/carol/general")
    await page.get_by_role("link", name="Firefly").click()
    await expect(page.get_by_text("Welcome home")).to_be_visible()
    await expect(page.locator("#main .mention-me")).to_have_text("@Carol Chen")


async def test_a_home_tab_that_grows_is_read_from_its_top(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/carol/general", phone=True)
    await page.goto(f"{sandbox.page_url}carol/@home")
    await expect(page.get_by_text("Welcome home")).to_be_visible()
    client = AsyncWebClient(sandbox.bot_token, base_url=sandbox.base_url)
    line = {"type": "section", "text": {"type": "plain_text", "text": "A line"}}
    view = {"type": "home", "blocks": [line] * 60}
    await client.views_publish(user_id=sandbox.users["carol"], view=view)
    await expect(page.get_by_text("A line")).to_have_count(60)
    assert await page.locator("#main [data-scroller]").evaluate("box => box.scrollTop") == 0


async def test_a_person_outside_a_channel_can_join_and_write(visit: Visit) -> None:
    page = await visit("/erin/payments")
    await page.get_by_role("button", name="Join #payments").click()
    await expect(composer(page)).to_be_visible()
    await expect(page.locator(".system")).to_contain_text("Erin Evans has joined the channel")


async def test_a_copied_link_is_the_permalink_of_slack(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await say(page, "worth a link")
    await page.locator(".message").hover()
    await page.get_by_role("button", name="More", exact=True).click()
    await page.get_by_role("menuitem", name="Copy link").click()
    (said,) = sandbox.see(sandbox.users["alice"], "general")["channel"]["messages"]
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url)
    answer = await client.chat_getPermalink(channel=said["channel"], message_ts=said["ts"])
    assert await page.evaluate("() => navigator.clipboard.readText()") == answer["permalink"]


async def test_an_app_without_a_home_tab_has_no_entry(
    app: PracticeApp, visit: Visit, sandbox: Sandbox
) -> None:
    del app
    sandbox.workspace.app.home_tab = False
    page = await visit("/alice/general")
    await expect(page.get_by_role("link", name="random")).to_be_visible()
    await expect(page.get_by_role("link", name="Firefly")).to_have_count(0)
    await page.keyboard.press("Control+k")
    await expect(page.get_by_role("option", name="Home")).to_have_count(0)
