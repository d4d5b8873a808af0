"""The tools of a message cover no other message, with a mouse and with touch."""

from typing import Any

import pytest
from playwright.async_api import Locator, expect

from bot.sandbox import Sandbox
from tests.sandbox.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]

LONG = (
    "a rather long sentence that reaches to the right end of the channel, where the tools of messages stand "
    * 2
)


async def talk(sandbox: Sandbox) -> None:
    """Messages of one line and of several, one below another, more than the phone shows at once."""
    for number, text in enumerate(["short", LONG, "shorter", "last"] * 5):
        person = ("bob", "bob", "carol", "carol")[number % 4]
        await sandbox.act({"user": person, "action": "say", "channel": "general", "text": text})


async def box(element: Locator) -> dict[str, Any]:
    """The position and size of an element."""
    found = await element.bounding_box()
    assert found is not None
    return {"top": found["y"], "bottom": found["y"] + found["height"]}


@pytest.mark.parametrize("phone", [False, True])
async def test_the_tools_cover_neither_the_message_above_nor_the_one_below(
    visit: Visit, sandbox: Sandbox, *, phone: bool
) -> None:
    await talk(sandbox)
    page = await visit("/alice/general", phone=phone)
    shown = page.locator("article.message")
    await expect(shown).to_have_count(20)
    for number in range(12, 20):
        message = shown.nth(number)
        await (message.locator(".said").tap() if phone else message.hover())
        tools = message.get_by_role("toolbar")
        await expect(tools).to_be_visible()
        here, whole = await box(tools), await box(message)
        assert (here["top"] >= whole["top"], here["bottom"] <= whole["bottom"] + 0.5) == (True, True)
    if phone:
        text, tools_ = await box(shown.last.locator(".said")), await box(shown.last.get_by_role("toolbar"))
        assert tools_["top"] >= text["bottom"]
        assert tools_["bottom"] <= (await box(page.locator("[data-composer]")))["top"]


async def test_a_tap_on_a_message_does_not_press_its_tools(visit: Visit, sandbox: Sandbox) -> None:
    await talk(sandbox)
    page = await visit("/alice/general", phone=True)
    for number in range(12, 20):
        message = page.locator("article.message").nth(number)
        await message.tap()
        await expect(message.get_by_role("toolbar")).to_be_visible()
    seen = sandbox.see(sandbox.users["alice"], "general")["channel"]["messages"]
    assert [message for message in seen if "reactions" in message or "pinned" in message] == []
    await page.get_by_role("button", name="React with eyes").tap()
    await expect(page.locator("article.message").last.locator(".reaction").first).to_contain_text("1")
