"""The page of a postmortem in a real browser: usable by everybody, on every screen, and on paper."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, ViewportSize

from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.incident.views.published.material import Material
from bot.incident.views.published.web_page import published_page
from tests.incident.domain.drafts import NAMES, declared, drafted, note, usual
from tests.sandbox.page.axe import violations
from tests.sandbox.page.conftest import LAPTOP, PHONE, chromium

pytestmark = pytest.mark.browser


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


def file(folder: Path) -> Path:
    """The page of a usual incident with a long title, long words and many notes."""
    long_word = "checkout-payments-orders-" * 6
    happened = [declared(title=f"Checkout fails {long_word}", summary=long_word), *usual()[1:]]
    happened += [
        note(each / 3, f"Note {each} {long_word}", link="https://example.com/p") for each in range(60)
    ]
    page = published_page(
        Material(drafted(*happened), NAMES, "Europe/Berlin"), Templates(shipped("templates"))
    )
    made = folder / "page.html"
    made.write_text(page, encoding="utf-8")
    return made


async def shown(
    browser: Browser, made: Path, size: ViewportSize, *, dark: bool = False, scripts: bool = False
) -> Page:
    """The page on such a screen. A request to anywhere else fails."""
    context = await browser.new_context(
        viewport=size, color_scheme="dark" if dark else "light", bypass_csp=scripts
    )
    page = await context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(made.as_uri())
    assert asked == [made.as_uri()]
    return page


@pytest.mark.parametrize("size", [LAPTOP, PHONE], ids=["laptop", "phone"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_the_page_breaks_no_rule_and_needs_no_scrolling_sideways(
    browser: Browser,
    tmp_path: Path,
    size: ViewportSize,
    dark: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    page = await shown(browser, file(tmp_path), size, dark=dark, scripts=True)
    assert await violations(page) == []
    await page.locator("summary").click()
    assert await violations(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == size["width"]


async def test_the_keyboard_reaches_everything(browser: Browser, tmp_path: Path) -> None:
    page = await shown(browser, file(tmp_path), PHONE, scripts=True)
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "skip"
    assert await page.locator(".skip").bounding_box() is not None
    await page.keyboard.press("Enter")
    assert page.url.endswith("#content")
    await page.keyboard.press("Tab")
    assert await page.evaluate("document.activeElement.className") == "scroll"
    assert await page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    await page.keyboard.press("ArrowRight")
    await page.wait_for_function("document.querySelector('.scroll').scrollLeft > 0")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    assert await page.locator("details[open] table").count() >= 6


async def test_on_paper_the_page_is_light_and_shows_addresses(browser: Browser, tmp_path: Path) -> None:
    page = await shown(browser, file(tmp_path), LAPTOP, dark=True)
    await page.emulate_media(media="print", color_scheme="dark")
    assert (
        await page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    assert not await page.locator("nav").is_visible()
    address = "getComputedStyle(document.querySelector('#timeline ~ ul a'), '::after').content"
    assert "https://example.com/p" in await page.evaluate(address)
    for paper in ("A4", "Letter"):
        assert (await page.pdf(format=paper)).startswith(b"%PDF")
