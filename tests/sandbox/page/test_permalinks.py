"""Links to messages open the message, however old it is."""

import re

import aiohttp
import pytest
from playwright.async_api import expect

from bot.sandbox import Sandbox
from bot.sandbox.page.place import Place, linked
from tests.sandbox.page.actions import composer, messages, say
from tests.sandbox.page.conftest import Visit


def test_a_permalink_names_the_message_by_its_time_stamp() -> None:
    assert linked("C1", "p1764072000000100") == "C1?at=1764072000.000100"
    assert linked("C1", "p1764072000000200", "1764072000.000100") == (
        "C1?at=1764072000.000200&thread=1764072000.000100"
    )
    assert linked("C1", "") == "C1"


def test_a_link_to_a_reply_starts_at_its_parent_message() -> None:
    assert Place.of("alice", "C1", thread="1.0", at="2.0").start == "1.0"
    assert Place.of("alice", "C1", at="2.0").start == "2.0"
    assert Place.of("alice", "C1", thread="1.0").start == ""
    assert Place.of("alice", "C1", tab="pins", at="2.0").start == ""


async def test_a_link_is_opened_as_the_last_user_of_the_browser(sandbox: Sandbox) -> None:
    channel = sandbox.channels["general"]
    async with aiohttp.ClientSession(sandbox.page_url, cookie_jar=aiohttp.CookieJar(unsafe=True)) as browse:

        async def target(address: str) -> str:
            async with browse.get(address, allow_redirects=False) as answer:
                assert answer.status == 302
                return answer.headers["Location"]

        assert await target(f"/archives/{channel}") == f"/alice/{channel}"
        await browse.get("/carol/random")
        assert await target(f"/archives/{channel}/p1764072000000100") == (
            f"/carol/{channel}?at=1764072000.000100"
        )


async def post_messages(sandbox: Sandbox, count: int) -> list[str]:
    """Post that many messages in #general. Returns their time stamps."""
    for at in range(count):
        await sandbox.act({"user": "bob", "action": "say", "channel": "general", "text": f"message {at};"})
    seen = sandbox.see(sandbox.users["alice"], "general")
    return [each["ts"] for each in seen["channel"]["messages"]]


def permalink(sandbox: Sandbox, ts: str) -> str:
    return f"/archives/{sandbox.channels['general']}/p{ts.replace('.', '')}"


@pytest.mark.browser
async def test_a_link_opens_an_old_message_and_both_ends_are_loaded_on_demand(
    visit: Visit, sandbox: Sandbox
) -> None:
    stamps = await post_messages(sandbox, 420)
    page = await visit(permalink(sandbox, stamps[150]))
    wanted = page.locator(".message", has_text="message 150;")
    await expect(wanted).to_be_focused()
    await expect(wanted).to_be_in_viewport()
    await expect(messages(page).get_by_text("message 300;")).to_have_count(0)

    await messages(page).locator(":scope > li").last.scroll_into_view_if_needed()
    await expect(messages(page).get_by_text("message 299;")).to_be_attached()
    await messages(page).locator(":scope > li").first.scroll_into_view_if_needed()
    await expect(messages(page).get_by_text("message 0;")).to_be_attached()

    await sandbox.act({"user": "bob", "action": "say", "channel": "general", "text": "news"})
    await expect(messages(page).get_by_text("news", exact=True)).to_have_count(0)
    await page.get_by_role("button", name="Newest messages").click()
    await expect(messages(page).get_by_text("news", exact=True)).to_be_in_viewport()
    await expect(page.get_by_role("button", name="Newest messages")).to_be_hidden()


@pytest.mark.browser
async def test_scrolling_reaches_the_end_and_new_messages_are_then_followed(
    visit: Visit, sandbox: Sandbox
) -> None:
    stamps = await post_messages(sandbox, 130)
    page = await visit(permalink(sandbox, stamps[20]))
    await messages(page).locator(":scope > li").last.scroll_into_view_if_needed()
    last = messages(page).get_by_text("message 129;")
    await last.scroll_into_view_if_needed()
    await expect(page.locator("[data-later]")).to_have_count(0)
    await sandbox.act({"user": "bob", "action": "say", "channel": "general", "text": "news"})
    await expect(messages(page).get_by_text("news", exact=True)).to_be_attached()


@pytest.mark.browser
async def test_a_message_sent_while_reading_old_ones_is_posted_and_shown_at_the_end(
    visit: Visit, sandbox: Sandbox
) -> None:
    stamps = await post_messages(sandbox, 300)
    page = await visit(permalink(sandbox, stamps[10]))
    await say(page, "here I am")
    await expect(messages(page).get_by_text("here I am")).to_be_in_viewport()
    await expect(messages(page).get_by_text("message 299;")).to_be_in_viewport()


@pytest.mark.browser
async def test_a_link_to_a_reply_opens_its_thread(visit: Visit, sandbox: Sandbox) -> None:
    stamps = await post_messages(sandbox, 150)
    place = {"user": "bob", "channel": "general", "ts": stamps[3]}
    told = await sandbox.act({**place, "action": "reply", "text": "an answer"})
    reply = next(each["ts"] for each in told["messages"] if each["text"] == "an answer")
    page = await visit(f"{permalink(sandbox, reply)}?thread_ts={stamps[3]}")
    await expect(page.get_by_role("list", name="Replies").locator(".message").last).to_be_focused()
    await expect(messages(page).get_by_text("message 3;")).to_be_in_viewport()


@pytest.mark.browser
async def test_a_link_in_a_message_opens_on_the_page_as_the_acting_user(
    visit: Visit, sandbox: Sandbox
) -> None:
    stamps = await post_messages(sandbox, 150)
    link = f"{sandbox.page_url.rstrip('/')}{permalink(sandbox, stamps[7])}"
    await sandbox.act({"user": "bob", "action": "say", "channel": "random", "text": f"see {link} please"})
    page = await visit("/bob/random")
    await page.get_by_role("link", name=link).click()
    await expect(page).to_have_url(re.compile(r"/bob/general\?at="))
    await expect(page.locator(".message", has_text="message 7;")).to_be_focused()
    await page.go_back()
    await expect(page.get_by_role("heading", name="random", level=1)).to_be_visible()


@pytest.mark.browser
async def test_a_link_to_a_deleted_message_says_so(visit: Visit, sandbox: Sandbox) -> None:
    stamps = await post_messages(sandbox, 3)
    await sandbox.act({"user": "bob", "action": "delete", "channel": "general", "ts": stamps[1]})
    page = await visit(permalink(sandbox, stamps[1]))
    await expect(page.get_by_role("alert").filter(has_text="is not here, or no longer")).to_be_visible()
    await expect(messages(page).get_by_text("message 2;")).to_be_visible()


@pytest.mark.browser
async def test_opening_a_thread_does_not_move_the_channel(visit: Visit, sandbox: Sandbox) -> None:
    await post_messages(sandbox, 80)
    page = await visit("/alice/general")
    await expect(composer(page)).to_be_focused()
    old = page.locator(".message", has_text="message 5;")
    await old.scroll_into_view_if_needed()
    await old.focus()
    await page.keyboard.press("t")
    await expect(page.get_by_role("textbox", name="Reply in the thread")).to_be_focused()
    await expect(old.first).to_be_in_viewport()
    await page.keyboard.press("Escape")
    await expect(composer(page)).to_be_focused()
    await expect(old.first).to_be_in_viewport()
