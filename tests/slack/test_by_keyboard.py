"""A whole incident with only the keyboard, in a real browser, without any use of the mouse."""

from pathlib import Path

import pytest
from playwright.async_api import Locator, Page, expect

from tests.walkthrough import ROOM, browsing, card, messages

FARTHEST = 60
"""Presses of a key within which anything can be reached."""


@pytest.mark.browser
async def test_one_person_handles_a_whole_incident_by_keyboard(tmp_path: Path) -> None:
    async with browsing(tmp_path / "keyboard.db") as visit:
        page = await visit("alice/general")
        await declare(page)
        await take_command(page)
        await note(page)
        await be_reminded_and_update(page)
        await resolve(page)


async def declare(page: Page) -> None:
    """Complete the command, fill in the form, follow the link."""
    await expect(composer(page)).to_be_focused()
    await page.keyboard.type("/inc")
    await expect(page.get_by_role("option", name="/incident")).to_be_visible()
    await page.keyboard.press("Tab")
    await page.keyboard.type("declare Checkout is failing")
    await page.keyboard.press("Enter")

    form = page.get_by_role("dialog")
    await expect(form.get_by_label("What is failing?")).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("ArrowUp")
    await expect(form.get_by_role("radio", name="SEV1")).to_be_checked()
    await page.keyboard.press("Tab")
    await page.keyboard.type("Every second payment fails.")
    await reach(page, form.get_by_role("button", name="Declare"))
    await page.keyboard.press("Enter")

    link = form.get_by_role("link", name=ROOM)
    await expect(link).to_be_visible()
    await reach(page, link)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name=ROOM, level=1)).to_be_visible()
    await expect(composer(page)).to_be_focused()


async def take_command(page: Page) -> None:
    """Move up to the card and into its buttons. Afterwards the focus is still on the card."""
    await expect(card(page)).to_contain_text("nobody yet")
    await go_to_card(page)
    await reach(page, card(page).get_by_role("button", name="Take command"))
    await page.keyboard.press("Enter")
    await expect(card(page)).to_contain_text("Alice Adams")
    await expect(card(page)).to_be_focused()
    await expect(messages(page)).to_contain_text("became Incident Commander")


async def note(page: Page) -> None:
    """Add a note by command, and a message of the person's own by its menu."""
    await page.keyboard.press("Escape")
    await say(page, "/incident note at 10 min ago Errors jumped")
    await expect(messages(page)).to_contain_text("Errors jumped")
    await say(page, "The certificate expired!")
    said = page.locator(".message", has_text="certificate expired").last
    await expect(said).to_be_visible()
    await page.keyboard.press("Shift+Tab")
    await reach(page, said, "ArrowUp")
    await page.keyboard.press("m")
    await reach(page, page.get_by_role("menuitem", name="Add to timeline"), "ArrowDown")
    await page.keyboard.press("Enter")
    await expect(messages(page)).to_contain_text("Added to the timeline")


async def be_reminded_and_update(page: Page) -> None:
    """Move the clock forward in the inspector, and answer the reminder with an update."""
    await page.keyboard.press("Control+i")
    await page.keyboard.press("ArrowRight")
    await reach(page, page.get_by_role("button", name="+15 min"))
    await page.keyboard.press("Enter")
    reminder = page.locator(".message", has_text="An update of").last
    await expect(reminder).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(composer(page)).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await reach(page, reminder, "ArrowUp")
    await reach(page, reminder.get_by_role("button", name="Post update"))
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog")
    await expect(form.get_by_label("Conditions")).to_be_focused()
    await page.keyboard.type("Half of all payments fail.")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Renewing the certificate.")
    await reach(page, form.get_by_role("button", name="Post"))
    await page.keyboard.press("Enter")
    await expect(messages(page)).to_contain_text("answered with an update")
    await expect(form).to_have_count(0)


async def resolve(page: Page) -> None:
    """Resolve with the card's button; ask for the draft by command, and expand it."""
    await page.keyboard.press("Escape")
    await go_to_card(page)
    await reach(page, card(page).get_by_role("button", name="Resolve"))
    await page.keyboard.press("Enter")
    form = page.get_by_role("dialog")
    await expect(form.get_by_label("What fixed it for customers?")).to_be_focused()
    await page.keyboard.type("Renewed the certificate.")
    await reach(page, form.get_by_role("button", name="Resolve"))
    await page.keyboard.press("Enter")
    await expect(card(page)).to_contain_text("resolved")
    await expect(form).to_have_count(0)
    await page.keyboard.press("Escape")
    await say(page, "/incident postmortem")
    draft = page.locator(".message", has_text="INC-1 postmortem draft")
    await expect(draft).to_be_visible()
    await page.keyboard.press("Shift+Tab")
    await reach(page, draft, "ArrowUp")
    await reach(page, draft.locator("summary"))
    await page.keyboard.press("Enter")
    await expect(draft.locator(".document")).to_contain_text("Renewed the certificate.")


async def go_to_card(page: Page) -> None:
    """Move from the composer up the messages to the card."""
    await expect(composer(page)).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await reach(page, card(page), "ArrowUp")


async def say(page: Page, text: str) -> None:
    """Type and send; the composer has the focus."""
    await expect(composer(page)).to_be_focused()
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def reach(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Press a key until something has the focus."""
    focused = "(element) => element === document.activeElement"
    for _ in range(FARTHEST):
        if await wanted.evaluate(focused):
            return
        await page.keyboard.press(key)
    raise AssertionError(f"{wanted} is out of reach of {key}")


def composer(page: Page) -> Locator:
    """The field for writing messages."""
    return page.locator("#composer-input")


@pytest.mark.browser
async def test_the_focus_stays_in_a_dialog_whose_view_is_replaced(tmp_path: Path) -> None:
    async with browsing(tmp_path / "keyboard.db") as visit:
        page = await visit("alice/general")
        await expect(composer(page)).to_be_focused()
        await page.keyboard.type("/incident nearmiss The certificate had an hour left")
        await page.keyboard.press("Enter")
        form = page.get_by_role("dialog")
        await expect(form.get_by_label("What happened?")).to_be_focused()
        await reach(page, form.get_by_role("button", name="Send"))
        await page.keyboard.press("Enter")
        await expect(form).to_contain_text("This is stored as NM-1")
        await expect(form.get_by_role("button", name="Take it back")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(form).to_contain_text("taken back")
        await expect(form.locator(":focus")).to_have_count(1)
        await page.keyboard.press("Escape")
        await expect(form).to_have_count(0)
        await expect(composer(page)).to_be_focused()
