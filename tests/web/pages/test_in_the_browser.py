"""A link in a real browser: the button works under the page's own rules, and everybody can use it."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from tests.sandbox.page.axe import violations
from tests.sandbox.page.conftest import LAPTOP, PHONE, chromium
from tests.web.pages.conftest import PageOffice

pytestmark = pytest.mark.browser


@pytest.fixture
async def opened() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
async def test_a_person_opens_the_page_by_keyboard(
    pages: PageOffice, opened: Browser, size: dict[str, int]
) -> None:
    await pages.office.declare("sev2 Checkout is failing")
    link = await pages.link("alice", "postmortem")
    context = await opened.new_context(viewport=size)  # type: ignore[arg-type]  # playwright's own type
    said: list[str] = []
    page = await context.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    await page.goto(link)
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.wait_for_url(lambda url: url != link)
    assert "Checkout is failing" in await page.inner_text("main")
    colour = await page.evaluate("getComputedStyle(document.querySelector('.sheet')).maxWidth")
    assert colour != "none", "the page has its style"
    assert await page.evaluate("document.cookie") == ""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert said == []

    # The checker is a script, which the pages' own rules refuse.
    other = await (await opened.new_context(bypass_csp=True)).new_page()
    await other.goto(link)
    assert await violations(other) == []
    await other.get_by_role("button", name="Open the page").click()
    assert "opened already" in await other.inner_text("h1")
    assert await violations(other) == []
