"""A sandbox, an app in it, and people who look at it in a real browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Protocol

import pytest
from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bot.sandbox import Sandbox
from tests.sandbox.page.practice_app import MANIFEST, PracticeApp

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LAPTOP: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
PATIENCE = 10_000
"""Milliseconds that an expectation may take on a slow machine."""


class Visit(Protocol):
    """Open an address of the page as a separate person would."""

    async def __call__(
        self, path: str, *, phone: bool = False, dark: bool = False, scripts: bool = False
    ) -> Page:
        """The page at that address.

        Args:
            path: below the page's root.
            phone: on a small screen with touch.
            dark: for somebody who prefers dark.
            scripts: whether the test may add scripts of its own, which the page's policy forbids.
        """


@pytest.fixture
def manifest() -> dict[str, Any]:
    """The practice app's, for the sandbox."""
    return MANIFEST


@pytest.fixture
async def app(sandbox: Sandbox) -> AsyncIterator[PracticeApp]:
    """The practice app, connected."""
    connected = PracticeApp(sandbox)
    await connected.start()
    yield connected
    await connected.stop()


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The system's browser."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture
async def visit(sandbox: Sandbox) -> AsyncIterator[Visit]:
    """Open an address of the page in a browser context of its own, as a separate person would.

    A script error on any page, or a request to anywhere else, fails the test.
    """
    wrong: list[str] = []

    async with chromium() as browser:

        async def open_page(
            path: str, *, phone: bool = False, dark: bool = False, scripts: bool = False
        ) -> Page:
            context = await browser.new_context(
                viewport=PHONE if phone else LAPTOP,
                has_touch=phone,
                is_mobile=phone,
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",  # no test looks at an unfinished animation
                bypass_csp=scripts,
            )
            context.set_default_timeout(PATIENCE)
            page = await context.new_page()
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on(
                "request",
                lambda request: wrong.append(request.url) if _is_foreign(request.url, sandbox) else None,
            )
            await page.goto(f"{sandbox.page_url.rstrip('/')}{path}")
            return page

        yield open_page
    assert wrong == []


def _is_foreign(url: str, sandbox: Sandbox) -> bool:
    return not url.startswith((sandbox.page_url, "data:"))
