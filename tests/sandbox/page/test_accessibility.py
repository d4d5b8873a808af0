"""axe-core finds no fault in any of the main views: light, dark and on a phone."""

import pytest
from playwright.async_api import Page, expect

from bot.sandbox import Sandbox
from tests.sandbox.page.actions import composer, declare, messages, say
from tests.sandbox.page.axe import violations
from tests.sandbox.page.conftest import Visit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.usefixtures("app"),
    pytest.mark.parametrize("look", ["light", "dark", "phone"]),
]


async def enter(visit: Visit, path: str, look: str) -> Page:
    """Open an address in one of the three looks."""
    return await visit(path, phone=look == "phone", dark=look == "dark", scripts=True)


async def test_an_empty_channel_and_a_busy_one(visit: Visit, sandbox: Sandbox, look: str) -> None:
    page = await enter(visit, "/alice/general", look)
    await expect(page.get_by_role("heading", name="on call")).to_be_visible()
    assert await violations(page) == []
    for text in ("a *bold* `code` <https://example.com> :tada: @alice @channel", "> a quote\n• a list"):
        await sandbox.act({"user": "bob", "action": "say", "channel": "general", "text": text})
    file = {"action": "upload", "channel": "general", "filename": "note.md", "content": "# A note"}
    await sandbox.act({"user": "bob", **file})
    await declare(page, "checkout is failing")
    await say(page, "/whisper hello")
    await expect(page.locator(".ephemeral")).to_be_visible()
    first = messages(page).locator(".message").first
    await first.focus()
    await page.keyboard.press("p")
    await expect(first).to_contain_text("Pinned")
    await page.keyboard.press("r")
    await expect(page.get_by_role("combobox", name="Emoji by name")).to_be_focused()
    assert await violations(page) == []
    await page.keyboard.press("Enter")
    await expect(first.locator(".reaction").first).to_be_visible()
    assert await violations(page) == []


async def test_a_modal_with_errors_and_one_on_top_of_it(visit: Visit, look: str) -> None:
    page = await enter(visit, "/alice/general", look)
    await say(page, "/incident declare pay")
    form = page.get_by_role("dialog", name="Declare an incident")
    await form.get_by_role("button", name="Declare").click()
    await expect(form.get_by_label("What is wrong?")).to_have_attribute("aria-invalid", "true")
    await form.get_by_label("Severity").click()
    await expect(page.get_by_role("option", name="SEV1 everything")).to_be_visible()
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await form.get_by_role("button", name="More details").click()
    await expect(page.get_by_role("dialog", name="Details")).to_be_visible()
    assert await violations(page) == []


async def test_a_form_for_files(visit: Visit, look: str) -> None:
    page = await enter(visit, "/alice/general", look)
    await say(page, "/evidence")
    form = page.get_by_role("dialog", name="Evidence")
    await form.get_by_role("button", name="Hand in").click()
    await expect(form.get_by_text("Please complete this required field.")).to_be_visible()
    await form.get_by_label("Files").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"a"}
    )
    await expect(form.get_by_role("listitem")).to_have_count(1)
    assert await violations(page) == []


async def test_a_thread_with_completion(visit: Visit, look: str) -> None:
    page = await enter(visit, "/alice/general", look)
    await say(page, "a question")
    await page.locator(".message").focus()
    await page.keyboard.press("t")
    await expect(page.get_by_role("textbox", name="Reply in the thread")).to_be_focused()
    await page.keyboard.type("an answer")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("list", name="Replies")).to_contain_text("an answer")
    await page.keyboard.type("@")
    await expect(page.get_by_role("listbox", name="Mentions")).to_be_visible()
    assert await violations(page) == []


@pytest.mark.parametrize("tab", ["Pins", "Files", "People"])
async def test_the_tabs_of_a_channel(visit: Visit, sandbox: Sandbox, look: str, tab: str) -> None:
    file = {"action": "upload", "channel": "general", "filename": "note.txt", "content": "A note"}
    await sandbox.act({"user": "bob", **file})
    page = await enter(visit, "/alice/general", look)
    await page.get_by_role("link", name=tab).click()
    await expect(page.locator("[aria-current]", has_text=tab)).to_be_visible()
    assert await violations(page) == []


async def test_the_home_tab(visit: Visit, look: str) -> None:
    page = await enter(visit, "/alice/@home", look)
    await expect(page.get_by_text("Welcome home")).to_be_visible()
    assert await violations(page) == []


@pytest.mark.parametrize("panel", ["Traffic", "Clock", "Faults"])
async def test_the_inspector(visit: Visit, look: str, panel: str) -> None:
    page = await enter(visit, "/alice/general", look)
    await say(page, "/silent")
    await say(page, "/whisper hello")
    await expect(page.locator(".ephemeral")).to_be_visible()
    await page.get_by_title("What goes over the wire").click()
    await page.get_by_role("tab", name=panel).click()
    if panel == "Traffic":
        await page.locator(".traffic summary").first.click()
    await expect(page.get_by_role("tabpanel", name=panel)).to_be_visible()
    assert await violations(page) == []


async def test_menus_and_questions(visit: Visit, look: str) -> None:
    page = await enter(visit, "/alice/general", look)
    await page.get_by_role("button", name="Shortcuts and files").click()
    await expect(page.get_by_role("menu")).to_be_visible()
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Keyboard shortcuts").click()
    await expect(page.get_by_role("dialog", name="Keyboard")).to_be_visible()
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await declare(page, "checkout is failing")
    await page.get_by_role("button", name="Resolve").click()
    await expect(page.get_by_role("alertdialog", name="Resolve?")).to_be_visible()
    assert await violations(page) == []


async def test_a_channel_without_membership_and_a_missing_channel(visit: Visit, look: str) -> None:
    page = await enter(visit, "/erin/payments", look)
    await expect(page.get_by_role("button", name="Join #payments")).to_be_visible()
    await expect(composer(page)).to_have_count(0)
    assert await violations(page) == []
    page = await enter(visit, "/erin/nowhere", look)
    assert await violations(page) == []
