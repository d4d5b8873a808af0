"""Several people at the same time, each in their own browser."""

import re
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.sandbox.page.actions import composer, declare, messages, say
from tests.sandbox.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]


async def test_two_people_see_each_others_messages_at_once(visit: Visit) -> None:
    alice, bob = await visit("/alice/general"), await visit("/bob/general")
    await say(alice, "is checkout *down* for you, @bob?")
    await expect(bob.locator(".message b", has_text="down")).to_be_visible()
    await expect(bob.locator(".mention-me")).to_have_text("@Bob Brown")
    await expect(bob.locator("#announcer")).to_contain_text("is checkout down for you")

    await bob.locator(".message").hover()
    await bob.get_by_role("button", name="React with eyes").click()
    pill = alice.get_by_role("button", name="1 eyes, Bob Brown")
    await expect(pill).to_have_attribute("aria-pressed", "false")
    await pill.click()
    await expect(alice.get_by_role("button", name="2 eyes, Bob Brown, you")).to_have_attribute(
        "aria-pressed", "true"
    )


async def test_a_click_changes_the_card_for_everybody(visit: Visit) -> None:
    alice, bob = await visit("/alice/general"), await visit("/bob/general")
    await declare(alice, "checkout is failing")
    await bob.get_by_role("button", name="Take command").click()
    await expect(alice.locator(".fields")).to_contain_text("@Bob Brown")
    await expect(bob.locator(".fields .mention-me")).to_have_text("@Bob Brown")


async def test_an_ephemeral_message_is_marked_and_nobody_else_sees_it(visit: Visit) -> None:
    alice, bob = await visit("/alice/general"), await visit("/bob/general")
    await say(alice, "/whisper hello")
    whispered = alice.locator(".ephemeral", has_text="Between us: hello")
    await expect(whispered).to_contain_text("Only visible to you")
    await say(alice, "for all")
    await expect(messages(bob).get_by_text("for all", exact=True)).to_be_visible()
    await expect(messages(bob).get_by_text("Between us")).to_have_count(0)


async def test_an_ephemeral_message_stays_until_a_reload(visit: Visit) -> None:
    alice = await visit("/alice/general")
    await say(alice, "/whisper hello")
    whispered = alice.locator(".ephemeral", has_text="Between us: hello")
    await expect(whispered).to_be_visible()
    channels = alice.get_by_role("navigation", name="Channels")
    await channels.get_by_role("link", name="random").click()
    await expect(alice.get_by_role("heading", name="random", exact=True)).to_be_visible()
    await channels.get_by_role("link", name="general").click()
    await expect(whispered).to_be_visible()
    await alice.reload()
    await say(alice, "for all")
    await expect(messages(alice).get_by_text("for all", exact=True)).to_be_visible()
    await expect(whispered).to_have_count(0)
    await say(alice, "/whisper again")
    await expect(alice.locator(".ephemeral")).to_contain_text("Between us: again")


async def test_everybody_sees_the_clock_of_their_own_zone(visit: Visit, sandbox: Sandbox) -> None:
    sandbox.clock.stop()
    now = sandbox.clock.now()
    for name, zone in (("alice", "Europe/Berlin"), ("dave", "America/New_York"), ("frank", "Asia/Tokyo")):
        page = await visit(f"/{name}/general")
        clock = page.get_by_title("The workspace's clock")
        await expect(clock).to_have_text(f"{now.astimezone(ZoneInfo(zone)):%H:%M %Z}")


async def test_a_mention_that_an_edit_adds_shows_no_badge(visit: Visit, sandbox: Sandbox) -> None:
    bob = await visit("/bob/general")
    said = await sandbox.act({"user": "alice", "action": "say", "channel": "incidents", "text": "look"})
    edited = {"channel": "incidents", "ts": said["messages"][0]["ts"], "text": "look, @bob"}
    await sandbox.act({"user": "alice", "action": "edit", **edited})
    link = bob.get_by_role("navigation", name="Channels").get_by_role("link", name="incidents")
    await expect(link).to_have_class(re.compile("unread"))
    await expect(link.locator(".count")).to_have_count(0)
    await link.click()
    await expect(bob.locator(".mention-me")).to_have_text("@Bob Brown")


async def test_a_user_group_is_suggested_and_mentioned(visit: Visit) -> None:
    alice, bob = await visit("/alice/general"), await visit("/bob/random")
    await composer(alice).press_sequentially("@check")
    await alice.get_by_role("option", name="Checkout team").click()
    await composer(alice).press_sequentially("please 🔥 acme.com a@acme.example")
    await composer(alice).press("Enter")
    mention = messages(alice).locator(".mention-me")
    await expect(mention).to_have_text("@checkout-team")
    await expect(messages(alice).locator(".emoji")).to_have_text("🔥")
    link = bob.get_by_role("navigation", name="Channels").get_by_role("link", name="general")
    await expect(link.locator(".count")).to_have_text("1")
    await messages(alice).locator(".message").hover()
    await alice.get_by_role("button", name="More", exact=True).click()
    await alice.get_by_role("menuitem", name="Edit").click()
    await expect(composer(alice)).to_have_value("@checkout-team please :fire: acme.com a@acme.example")


async def test_unread_channels_are_marked_until_they_are_read(visit: Visit) -> None:
    alice, bob = await visit("/alice/incidents"), await visit("/bob/general")
    await say(alice, "@bob, over here")
    link = bob.get_by_role("navigation", name="Channels").get_by_role("link", name="incidents")
    await expect(link.locator(".count")).to_have_text("1")
    await link.click()
    await expect(messages(bob).get_by_text("over here")).to_be_visible()
    await expect(link.locator(".count")).to_have_count(0)


async def test_a_deactivated_account_is_never_suggested(visit: Visit, sandbox: Sandbox) -> None:
    await sandbox.act({"user": "alice", "action": "deactivate", "target": "bob"})
    page = await visit("/alice/random")
    await composer(page).press_sequentially("@")
    await expect(page.get_by_role("option", name="Carol Chen")).to_be_visible()
    await expect(page.get_by_role("option", name="Bob Brown")).to_have_count(0)
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="acting as Alice Adams").click()
    await expect(page.get_by_role("menuitem", name="Carol Chen")).to_be_visible()
    await expect(page.get_by_role("menuitem", name="Bob Brown")).to_have_count(0)
    await page.keyboard.press("Escape")
    await page.get_by_role("link", name="People").click()
    await expect(page.get_by_role("heading", name="Invite")).to_be_visible()
    await expect(page.locator(".people").get_by_text("Bob Brown")).to_have_count(0)


async def test_a_person_switches_do_not_disturb_on_and_off(visit: Visit) -> None:
    bob = await visit("/bob/general")
    switch = bob.get_by_role("button", name="Do not disturb")
    await expect(switch).to_have_attribute("aria-pressed", "false")
    await switch.click()
    await expect(switch).to_have_attribute("aria-pressed", "true")
    await expect(switch).to_contain_text(re.compile(r"until \d\d:\d\d"))
    await switch.click()
    await expect(switch).to_have_attribute("aria-pressed", "false")
    await expect(switch).to_have_text("Do not disturb")
