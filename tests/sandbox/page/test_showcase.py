"""The newer blocks in a real browser: on each surface, light, dark and on a phone."""

import aiohttp
import pytest
from playwright.async_api import Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.blocks import home, modal
from tests.sandbox.page import showcase
from tests.sandbox.page.actions import messages
from tests.sandbox.page.axe import violations
from tests.sandbox.page.conftest import Visit
from tests.sandbox.page.samples import Json
from tests.sandbox.recorder import Recorder

LOOKS = pytest.mark.parametrize("look", ["light", "dark", "phone"])
pytestmark = pytest.mark.browser


async def enter(visit: Visit, path: str, look: str) -> Page:
    """Open an address in one of the three looks."""
    return await visit(path, phone=look == "phone", dark=look == "dark", scripts=True)


async def nothing_is_too_wide(page: Page) -> bool:
    """Whether the page itself does not scroll sideways."""
    fits: bool = await page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    return fits


@LOOKS
@pytest.mark.parametrize("blocks", showcase.MESSAGES, ids=lambda blocks: blocks[-1]["type"])
async def test_in_a_message(
    visit: Visit, sandbox: Sandbox, client: AsyncWebClient, look: str, blocks: list[Json]
) -> None:
    metadata = {"entities": [showcase.ENTITY]}
    await client.chat_postMessage(
        channel=sandbox.channels["general"], text="x", blocks=blocks, metadata=metadata
    )
    page = await enter(visit, "/alice/general", look)
    await expect(messages(page).get_by_role("link", name="Checkout fails")).to_be_visible()
    for numbers in await page.get_by_text("Numbers", exact=True).all():
        await numbers.click()
    assert await violations(page) == []
    assert await nothing_is_too_wide(page)


@LOOKS
async def test_in_a_modal(visit: Visit, sandbox: Sandbox, client: AsyncWebClient, look: str) -> None:
    trigger_id = sandbox.workspace.triggers.give(sandbox.users["alice"])
    await client.views_open(trigger_id=trigger_id, view=modal(*showcase.MODAL))
    page = await enter(visit, "/alice/general", look)
    await expect(page.get_by_role("dialog").get_by_text("Warning")).to_be_visible()
    assert await violations(page) == []
    assert await nothing_is_too_wide(page)


@LOOKS
async def test_in_a_home_tab(visit: Visit, sandbox: Sandbox, client: AsyncWebClient, look: str) -> None:
    await client.views_publish(user_id=sandbox.users["alice"], view=home(*showcase.HOME))
    page = await enter(visit, "/alice/@home", look)
    await expect(page.get_by_role("img", name="Bar chart")).to_be_visible()
    assert await violations(page) == []
    assert await nothing_is_too_wide(page)


async def test_a_container_can_be_collapsed_and_stays_so(
    visit: Visit, sandbox: Sandbox, client: AsyncWebClient
) -> None:
    general = sandbox.channels["general"]
    posted = await client.chat_postMessage(channel=general, text="x", blocks=[showcase.CONTAINER])
    page = await visit("/alice/general")
    inside = page.get_by_text("Error rate at 14 %")
    await expect(inside).to_be_visible()
    await page.get_by_text("Evidence", exact=True).click()
    await expect(inside).to_be_hidden()
    await client.chat_update(
        channel=general, ts=posted["ts"], text="x", blocks=[showcase.CONTAINER, showcase.TASK]
    )
    await expect(page.get_by_text("Timeline written")).to_be_visible()
    await expect(inside).to_be_hidden()


async def test_a_button_in_a_card_is_pressed(
    visit: Visit, sandbox: Sandbox, client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    await client.chat_postMessage(channel=sandbox.channels["general"], text="x", blocks=[showcase.CARD])
    async with Recorder(sandbox, http) as recorder:
        page = await visit("/alice/general")
        await page.get_by_role("button", name="Take command").click()
        (pressed,) = (await recorder.payload("block_actions"))["actions"]
    assert pressed["action_id"] == "take"
