"""`make pictures`: the pictures in docs/pictures, taken of a real incident in a real browser.

The pictures of the whole incident (light, on a laptop) are in the README. The others show every main view, dark and on
a
phone too.
"""

import asyncio
import tempfile
from pathlib import Path
from urllib.parse import urljoin

from playwright.async_api import Page, expect

from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.views.published.material import Material
from bot.incident.views.published.web_page import published_page
from tests.pictured_incident import NAMES, story
from tests.sandbox.page.conftest import chromium
from tests.walkthrough import ROOM, Visit, browsing, card, messages, say, walk

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"


async def main() -> None:
    """Take all pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=20_000)  # a busy machine needs longer
    with tempfile.TemporaryDirectory() as folder:
        async with browsing(Path(folder) / "pictures.db") as visit:
            await picture(await visit("alice/general"), "first-screen")
            await walk(visit, picture)
            await talk(visit)
            await conversation(visit)
            await wrong_form(visit)
            await behind_the_scenes(visit)
            await at_home(visit)
            await at_the_board(visit, Path(folder))
            await on_a_phone(visit)
        await published(Path(folder))
        await pack_of_a_board(Path(folder))


async def picture(page: Page, name: str) -> None:
    """Take one picture, with the mouse pointer away from everything."""
    await page.mouse.move(0, 0)
    await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")


async def talk(visit: Visit) -> None:
    """Create something to show: reactions, a thread, a table of figures in a file."""
    bob = await visit(f"bob/{ROOM}")
    await say(bob, "Errors are back to normal since the new certificate. :tada: Thanks @alice!")
    said = bob.locator(".message", has_text="back to normal").last
    await expect(said).to_be_visible()
    carol = await visit(f"carol/{ROOM}")
    await carol.get_by_role("button", name="Join #").click()
    seen = carol.locator(".message", has_text="back to normal").last
    await seen.hover()
    await seen.get_by_role("button", name="React with a check mark").click()
    await seen.get_by_role("button", name="Reply in a thread").click()
    reply = carol.get_by_role("textbox", name="Reply in the thread")
    for text in ("Which dashboard do you look at?", "Found it: *payments / errors*. Flat for ten minutes."):
        await reply.fill(text)
        await reply.press("Enter")
        await expect(carol.get_by_role("list", name="Replies")).to_contain_text(text.replace("*", ""))


async def conversation(visit: Visit) -> None:
    """The war room with a thread, light and dark; its card and its people, dark."""
    for name, dark in (("thread", False), ("thread-dark", True)):
        page = await visit(f"alice/{ROOM}", dark=dark)
        await page.get_by_role("link", name="2 replies").click()
        await expect(page.get_by_role("list", name="Replies")).to_contain_text("Found it")
        await picture(page, name)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("list", name="Replies")).to_have_count(0)
    await card(page).scroll_into_view_if_needed()
    await picture(page, "war-room-dark")
    await page.get_by_role("link", name="People").click()
    await expect(page.locator(".people").first).to_contain_text("Carol Chen")
    await picture(page, "people-dark")


async def wrong_form(visit: Visit) -> None:
    """A form that was sent without its required fields."""
    page = await visit("dave/general", dark=True)
    await say(page, "/incident declare")
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Declare").click()
    await expect(form.get_by_label("What is failing?")).to_have_attribute("aria-invalid", "true")
    await picture(page, "form-error-dark")
    await page.keyboard.press("Escape")


async def behind_the_scenes(visit: Visit) -> None:
    """The inspector with its three panels."""
    page = await visit(f"bob/{ROOM}")
    await expect(card(page)).to_be_attached()
    await page.get_by_title("What goes over the wire").click()
    await page.get_by_label("Filter the traffic").fill("chat")
    await expect(page.locator(".traffic li:not([hidden])").first).to_be_visible()
    await page.locator(".traffic li:not([hidden]) summary").first.click()
    await picture(page, "inspector")
    await page.get_by_role("tab", name="Faults").click()
    await page.get_by_label("What goes wrong").select_option("ratelimited")
    await page.get_by_label("In method").fill("chat.postMessage")
    await page.get_by_role("button", name="Add", exact=True).click()
    await expect(page.get_by_role("tabpanel")).to_contain_text("From now on.")
    await picture(page, "faults")
    await page.get_by_role("button", name="Clear all").click()
    await page.get_by_role("tab", name="Clock").click()
    await page.get_by_role("button", name="+15 min").click()
    await expect(page.get_by_role("tabpanel")).to_contain_text("has happened")
    await picture(page, "clock")


async def at_home(visit: Visit) -> None:
    """The Home tab of a person who commands one of two incidents."""
    dave = await visit("dave/general")
    await say(dave, "/incident declare sev1 Checkout is down again")
    erin = await visit("erin/general")
    await say(erin, "/incident declare sev2 Search is slow in Europe")
    await expect(erin.get_by_role("link", name="search-is-slow").first).to_be_visible()
    await erin.get_by_role("link", name="search-is-slow").first.click()
    await erin.get_by_role("button", name="Take command").first.click()
    await expect(messages(erin)).to_contain_text("became Incident Commander")
    await erin.get_by_role("link", name="warroom").first.click()
    await expect(erin.get_by_role("main")).to_contain_text("You are Incident Commander of")
    await picture(erin, "home")


async def at_the_board(visit: Visit, folder: Path) -> None:
    """The pack of a review board, posted in a channel; its page is kept for `pack_of_a_board`."""
    bob = await visit(f"bob/{ROOM}")
    await say(bob, "/incident action @bob in 2 weeks alert a month before a certificate expires")
    await expect(messages(bob)).to_contain_text("added action item ACT-1")
    page = await visit("alice/incidents")
    await say(
        page, "/incident nearmiss The backup's certificate had two days left; a colleague happened to look"
    )
    form = page.get_by_role("dialog")
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_contain_text("stored as NM-1")
    await form.get_by_role("button", name="Close").last.click()
    await expect(form).to_have_count(0)
    await say(page, "/incident review 7d")
    await page.get_by_role("button", name="Post it here").last.click()
    posted = page.locator(".message", has=page.get_by_role("button", name="Record a decision")).last
    await expect(posted).to_be_visible()
    await expect(messages(page)).to_contain_text("Review board 7d: incidents")
    link = page.locator("a[download]").first
    made = await page.request.get(urljoin(page.url, await link.get_attribute("href") or ""))
    (folder / "review.html").write_bytes(await made.body())
    await posted.get_by_text("Incidents that were declared").scroll_into_view_if_needed()
    await picture(page, "review")


async def on_a_phone(visit: Visit) -> None:
    """The war room, the channels and a form on a small screen, light and dark."""
    page = await visit(f"bob/{ROOM}", phone=True)
    await card(page).scroll_into_view_if_needed()
    await picture(page, "phone-war-room")
    page = await visit(f"bob/{ROOM}", phone=True, dark=True)
    await expect(messages(page)).to_contain_text("back to normal")
    await picture(page, "phone-dark")
    await page.get_by_role("button", name="Channels").tap()
    await expect(page.get_by_role("navigation", name="Channels")).to_be_in_viewport(ratio=1)
    await picture(page, "phone-channels-dark")
    page = await visit("dave/general", phone=True)
    await say(page, "/incident declare Search is slow")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await picture(page, "phone-form")


async def published(folder: Path) -> None:
    """The page of a postmortem."""
    made = folder / "postmortem.html"
    found = Material(story(), NAMES, "Europe/Berlin")
    made.write_text(published_page(found, Templates(shipped("templates"))), encoding="utf-8")
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 1000})
        await page.goto(made.as_uri())
        await picture(page, "postmortem-page")


async def pack_of_a_board(folder: Path) -> None:
    """The page of a review board, as it was posted."""
    async with chromium() as browser:
        page = await browser.new_page(viewport={"width": 1280, "height": 1000})
        await page.goto((folder / "review.html").as_uri())
        await picture(page, "review-page")


if __name__ == "__main__":
    asyncio.run(main())
