"""The inspector: traffic, the clock, faults, a reset."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.sandbox.page.actions import messages, notice, say
from tests.sandbox.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]


async def test_the_inspector_shows_the_traffic(visit: Visit) -> None:
    page = await visit("/alice/general")
    await page.get_by_role("button", name="Inspector").click()
    await say(page, "/incident declare checkout is failing")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    drawer = page.get_by_role("complementary", name="Inspector")
    opened = drawer.locator("li", has_text="views.open")
    await expect(opened).to_contain_text("ms")
    await opened.locator("summary").click()
    await expect(opened.locator("pre").first).to_contain_text("Declare an incident")
    await drawer.get_by_role("searchbox").fill("incident")
    await expect(opened).to_be_hidden()
    await expect(drawer.locator("li", has_text="/incident").first).to_be_visible()


async def test_the_clock_is_moved_from_the_page(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    await page.get_by_title("The workspace's clock").click()
    await page.get_by_role("button", name="Stop").click()
    await expect(page.get_by_role("button", name="Run")).to_be_visible()
    before = sandbox.clock.now()
    await page.get_by_role("button", name="+15 min").click()
    await expect(page.get_by_text("Everything that was due in between has happened.")).to_be_visible()
    assert sandbox.clock.now() - before == timedelta(minutes=15)
    await page.get_by_role("button", name="Run").click()
    await expect(page.get_by_role("button", name="Stop")).to_be_visible()


async def test_escape_leads_back_to_the_button_that_opened_the_panel(visit: Visit) -> None:
    page = await visit("/alice/general")
    for opener in (
        page.get_by_title("The workspace's clock"),
        page.get_by_role("button", name="Inspector", exact=True),
    ):
        await opener.click()
        await expect(page.get_by_role("tabpanel")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("tabpanel")).to_have_count(0)
        await expect(opener).to_be_focused()


async def test_a_fault_is_switched_on_and_off(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    await page.get_by_role("button", name="Inspector").click()
    await page.get_by_role("tab", name="Faults").click()
    await page.get_by_label("What goes wrong").select_option("error500")
    await page.get_by_label("In method").fill("views.open")
    await page.get_by_role("button", name="Add").click()
    await expect(page.get_by_role("listitem").filter(has_text="views.open")).to_be_visible()
    assert [fault["fault"] for fault in sandbox.faults.to_json()] == ["error500"]
    await page.get_by_role("button", name="Clear all").click()
    await expect(page.get_by_text("All faults cleared.")).to_be_visible()
    assert sandbox.faults.to_json() == []


async def test_a_reset_starts_over(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "gone soon")
    await expect(messages(page).get_by_text("gone soon")).to_be_visible()
    await page.get_by_role("button", name="Inspector").click()
    await page.get_by_role("button", name="Reset", exact=True).click()
    await page.get_by_role("alertdialog").get_by_role("button", name="Reset").click()
    await expect(page.get_by_role("heading", name="You are Alice Adams")).to_be_visible()
    await expect(messages(page).get_by_role("listitem")).to_have_count(0)
    await expect(notice(page)).to_be_empty()
