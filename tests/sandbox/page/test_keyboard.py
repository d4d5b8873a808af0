"""The whole page without a mouse."""

import pytest
from playwright.async_api import expect

from tests.sandbox.page.actions import composer, messages, say
from tests.sandbox.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]


async def test_an_incident_is_declared_and_taken_with_only_the_keyboard(visit: Visit) -> None:
    page = await visit("/alice/general")
    keys = page.keyboard
    await expect(composer(page)).to_be_focused()
    await keys.type("/inc")
    await expect(page.get_by_role("option", name="/incident")).to_be_visible()
    await keys.press("Tab")
    await expect(composer(page)).to_have_value("/incident ")
    await keys.type("declare search is slow")
    await keys.press("Enter")

    await expect(page.get_by_label("What is wrong?")).to_be_focused()
    await keys.press("Tab")
    await expect(page.get_by_label("Severity")).to_be_focused()
    await keys.press("ArrowDown")
    await keys.press("ArrowDown")
    await keys.press("Enter")
    await expect(page.get_by_label("Severity")).to_have_value("SEV2 much")
    await keys.press("Tab")
    await keys.type("caro")
    await keys.press("Enter")
    await expect(page.get_by_role("button", name="Remove Carol Chen")).to_be_attached()
    await page.get_by_label("What is wrong?").press("Enter")

    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(composer(page)).to_be_focused()
    await keys.press("Shift+Tab")
    await expect(page.locator(".message")).to_be_focused()
    await keys.press("Tab")
    await expect(page.get_by_role("button", name="Take command")).to_be_focused()
    await keys.press("Enter")
    await expect(messages(page).locator(".mention-me")).to_have_text("@Alice Adams")


async def test_arrow_keys_move_between_messages_and_letters_act_on_them(visit: Visit) -> None:
    page = await visit("/alice/general")
    for text in ("first", "second", "third"):
        await say(page, text)
        await expect(messages(page).get_by_text(text)).to_be_visible()
    keys = page.keyboard
    await keys.press("Shift+Tab")
    await keys.press("ArrowUp")
    await expect(page.locator(".message").nth(1)).to_be_focused()
    await keys.press("r")
    await expect(page.get_by_role("combobox", name="Emoji by name")).to_be_focused()
    await keys.type("tada")
    await keys.press("Enter")
    await expect(page.locator(".message").nth(1).get_by_role("button", name="1 tada, you")).to_be_visible()
    await expect(page.locator(".message").nth(1)).to_be_focused()
    await keys.press("p")
    await expect(page.locator(".message").nth(1)).to_contain_text("Pinned")
    await keys.press("m")
    await keys.press("ArrowDown")
    await keys.press("ArrowDown")
    await expect(page.get_by_role("menuitem", name="Edit")).to_be_focused()
    await keys.press("Enter")
    await expect(composer(page)).to_have_value("second")
    await keys.type(" thought")
    await keys.press("Enter")
    await expect(page.locator(".message").nth(1)).to_contain_text("second thought (edited)")


async def test_a_reply_opens_a_thread_and_escape_closes_it(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "a question")
    await expect(page.locator(".message")).to_be_visible()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("t")
    reply = page.get_by_role("textbox", name="Reply in the thread")
    await expect(reply).to_be_focused()
    await page.keyboard.type("an answer")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("list", name="Replies")).to_contain_text("an answer")
    await page.keyboard.press("Escape")
    await expect(reply).to_have_count(0)
    await expect(composer(page)).to_be_focused()
    await expect(page.get_by_role("link", name="1 reply")).to_be_visible()


async def test_escape_closes_completion_before_anything_else(visit: Visit) -> None:
    page = await visit("/alice/general")
    await page.keyboard.type("/")
    await expect(page.get_by_role("listbox", name="Commands")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("listbox")).to_have_count(0)
    await expect(composer(page)).to_have_value("/")
    await expect(composer(page)).to_be_focused()


async def test_people_and_channels_are_completed(visit: Visit) -> None:
    page = await visit("/alice/general")
    await page.keyboard.type("ask @fra")
    await page.keyboard.press("Enter")
    await page.keyboard.type("in #inc")
    await page.keyboard.press("Enter")
    await expect(composer(page)).to_have_value("ask @frank in #incidents ")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message")).to_contain_text("ask @Frank Fischer in #incidents")


async def test_the_keyboard_jumps_to_a_channel_and_back(visit: Visit) -> None:
    page = await visit("/alice/general")
    await page.keyboard.press("Control+k")
    await page.keyboard.type("pay")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="payments", level=1)).to_be_visible()
    await expect(composer(page)).to_be_focused()
    await page.go_back()
    await expect(page.get_by_role("heading", name="general", level=1)).to_be_visible()
    await page.keyboard.press("Alt+ArrowDown")
    await expect(page.get_by_role("heading", name="incidents", level=1)).to_be_visible()


async def test_the_focus_does_not_leave_an_open_modal(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/incident")
    await expect(page.get_by_role("dialog")).to_be_visible()
    for _ in range(12):
        await page.keyboard.press("Tab")
        assert await page.evaluate(
            "() => !document.activeElement || document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
        )


async def test_the_shortcuts_are_listed(visit: Visit) -> None:
    page = await visit("/alice/general")
    await page.get_by_role("button", name="Keyboard shortcuts").click()
    await expect(page.get_by_role("dialog", name="Keyboard")).to_contain_text("jump to a channel")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
