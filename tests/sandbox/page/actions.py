"""What people in the tests do often."""

from playwright.async_api import Locator, Page, expect


def composer(page: Page) -> Locator:
    """The field for writing messages."""
    return page.locator("#composer-input")


async def say(page: Page, text: str) -> None:
    """Type a message or command and send it."""
    await composer(page).fill(text)
    await composer(page).press("Enter")


async def declare(page: Page, what: str) -> None:
    """Declare an incident with the practice app."""
    await say(page, f"/incident declare {what}")
    await page.get_by_role("dialog").get_by_role("button", name="Declare").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)


def notice(page: Page) -> Locator:
    """The text beside the composer."""
    return page.locator("#main [data-notice]")


def messages(page: Page) -> Locator:
    """The channel's messages."""
    return page.get_by_role("list", name="Messages", exact=True)
