"""Several people at once, each in a browser of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.async_api import expect

from tests.sandbox.page.hands import declare, messages, say

if TYPE_CHECKING:
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


async def test_unread_channels_are_marked_until_they_are_read(visit: Visit) -> None:
    alice, bob = await visit("/alice/incidents"), await visit("/bob/general")
    await say(alice, "@bob, over here")
    link = bob.get_by_role("navigation", name="Channels").get_by_role("link", name="incidents")
    await expect(link.locator(".count")).to_have_text("1")
    await link.click()
    await expect(messages(bob).get_by_text("over here")).to_be_visible()
    await expect(link.locator(".count")).to_have_count(0)
