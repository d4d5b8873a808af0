"""A whole incident with the mouse, in a real browser and the practice workspace: for the browser test and pictures."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

from playwright.async_api import Locator, Page, expect

from bot.cli.practice import workspace
from tests.sandbox.page.conftest import LAPTOP, PHONE, chromium

ROOM = "inc-1-checkout-is-failing"

Picture = Callable[[Page, str], Awaitable[None]]


class Visit(Protocol):
    """Open an address of the page as a separate person would."""

    async def __call__(self, path: str, *, phone: bool = False, dark: bool = False) -> Page:
        """The page at that address."""


@asynccontextmanager
async def browsing(database: Path, *, scripts: bool = False) -> AsyncIterator[Visit]:
    """Run the practice workspace, and open pages in it, each as a different person.

    Args:
        database: the file of the bot's database.
        scripts: whether a test may add scripts of its own, which the page's policy forbids.
    """
    async with workspace(0, database) as (sandbox, _app), chromium() as browser:

        async def visit(path: str, *, phone: bool = False, dark: bool = False) -> Page:
            context = await browser.new_context(
                viewport=PHONE if phone else LAPTOP,
                is_mobile=phone,
                has_touch=phone,
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                bypass_csp=scripts,
            )
            context.set_default_timeout(15_000)
            page = await context.new_page()
            await page.goto(sandbox.page_url + path)
            return page

        yield visit


async def walk(visit: Visit, picture: Picture) -> None:
    """Declare, take command, note, be reminded, update, resolve, draft; a picture at each step."""
    alice = await visit("alice/general")
    await declare(alice, picture)
    bob = await visit(f"bob/{ROOM}")
    await take_command(alice, bob, picture)
    await note(alice, bob)
    await be_reminded(bob, picture)
    await resolve(bob, picture)


async def declare(alice: Page, picture: Picture) -> None:
    """`/incident declare`, the form, the link, the war room."""
    await say(alice, "/incident declare Checkout is failing")
    form = alice.get_by_role("dialog")
    await form.get_by_label("What is known so far").fill("Every second payment has failed since about noon.")
    await picture(alice, "declare")
    await form.get_by_role("button", name="Declare").click()
    await alice.get_by_role("dialog").get_by_role("link", name=ROOM).click()
    await expect(card(alice)).to_contain_text("nobody yet")
    await picture(alice, "war-room")


async def take_command(alice: Page, bob: Page, picture: Picture) -> None:
    """Bob joins and takes command; alice sees it without doing anything."""
    await bob.get_by_role("button", name="Join #").click()
    await card(bob).get_by_role("button", name="Take command").click()
    await expect(card(alice)).to_contain_text("Bob Brown")
    await expect(messages(alice)).to_contain_text("became Incident Commander")
    await picture(alice, "command")


async def note(alice: Page, bob: Page) -> None:
    """A note by command, and a message added to the timeline by its menu."""
    await say(bob, "/incident note at 10 min ago Errors jumped on the dashboard")
    await expect(messages(bob)).to_contain_text("Errors jumped on the dashboard")
    await say(alice, "The gateway's certificate expired today!")
    said = alice.locator(".message", has_text="certificate expired").last
    await said.hover()
    await said.get_by_role("button", name="More", exact=True).click()
    await alice.get_by_role("menuitem", name="Add to timeline").click()
    await expect(messages(alice)).to_contain_text("Added to the timeline")


async def be_reminded(bob: Page, picture: Picture) -> None:
    """Time is moved forward, and the reminder is answered with an update."""
    await bob.get_by_title("The workspace's clock").click()
    await bob.get_by_role("button", name="+15 min").click()
    await bob.get_by_role("button", name="+15 min").click()
    await bob.keyboard.press("Escape")
    reminder = bob.locator(".message", has_text="An update of").last
    await expect(reminder).to_be_visible()
    await picture(bob, "reminder")
    await reminder.get_by_role("button", name="Post update").click()
    form = bob.get_by_role("dialog")
    await form.get_by_role("textbox", name="Conditions").fill("Half of all payments fail.")
    await form.get_by_role("textbox", name="Actions").fill("Renewing the gateway's certificate.")
    await form.get_by_role("button", name="Post").click()
    await expect(messages(bob)).to_contain_text("answered with an update")


async def resolve(bob: Page, picture: Picture) -> None:
    """Resolve with the card's button; the draft is posted as a file."""
    await card(bob).get_by_role("button", name="Resolve").click()
    form = bob.get_by_role("dialog")
    await form.get_by_label("What fixed it for customers?").fill("Renewed the gateway's certificate.")
    await form.get_by_role("button", name="Resolve").click()
    await expect(card(bob)).to_contain_text("resolved")
    await say(bob, "/incident timeline")
    await expect(messages(bob)).to_contain_text("Timeline of INC-1")
    await picture(bob, "timeline")
    await say(bob, "/incident postmortem")
    await expect(messages(bob)).to_contain_text("INC-1 postmortem draft")
    await picture(bob, "postmortem")


async def say(page: Page, text: str) -> None:
    """Type and send."""
    field = page.locator("#composer-input")
    await field.fill(text)
    await field.press("Enter")


def messages(page: Page) -> Locator:
    """The open channel's messages."""
    return page.get_by_role("list", name="Messages", exact=True)


def card(page: Page) -> Locator:
    """The pinned card."""
    return page.locator(".message", has_text="INC-1 · Checkout is failing").first
