"""How fast the page is in a busy workspace: `python -m tests.sandbox.page.bench [--json]`.

Measured in headless Chromium, with its own clock: from the start of the navigation to the first paint (each time in a
new
browser context, with an empty cache), and from another person's request that posts a message to the frame that draws
it.
"""

import asyncio
import json
import os
import platform
import statistics
import sys

from playwright.async_api import Browser, Page, expect

from tests.sandbox.page.actions import messages
from tests.sandbox.page.busy import CHANNELS, MESSAGES, busy
from tests.sandbox.page.conftest import LAPTOP, chromium

RUNS = 30
PAINTED = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const paint = list.getEntriesByName("first-contentful-paint")[0];
    if (paint) resolve(paint.startTime);
  }).observe({ type: "paint", buffered: true });
})"""
SHOWN = """(text) => new Promise((resolve) => {
  const started = performance.now();
  const list = document.getElementById("list-messages");
  const observer = new MutationObserver(() => {
    if (!list.lastElementChild.textContent.includes(text)) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - started))); // after the frame is drawn
  });
  observer.observe(list, { childList: true, subtree: true });
  fetch("/control/act", { method: "POST", body: JSON.stringify({ user: "bob", action: "say", channel: "general", text }) });
})"""


async def measure() -> dict[str, object]:
    """All figures, times in milliseconds."""
    async with busy() as sandbox, chromium() as browser:
        address = f"{sandbox.page_url}alice/general"
        await first_paint(browser, address)  # the templates are compiled once
        paints = [await first_paint(browser, address) for _ in range(RUNS)]
        page = await browser.new_page(viewport=LAPTOP)
        await page.goto(address)
        await expect(messages(page).locator(":scope > li")).to_have_count(100)
        shows = [await show(page, f"news {at};") for at in range(RUNS)]
        return {
            "messages": MESSAGES,
            "channels": CHANNELS,
            "runs": RUNS,
            "first_paint_ms": summary(paints),
            "new_message_ms": summary(shows),
            "machine": {
                "cores": os.cpu_count(),
                "python": platform.python_version(),
                "chromium": browser.version,
            },
        }


async def first_paint(browser: Browser, address: str) -> float:
    """The time from the start of the navigation to the first paint with content."""
    context = await browser.new_context(viewport=LAPTOP)
    page = await context.new_page()
    await page.goto(address)
    painted: float = await page.evaluate(PAINTED)
    await context.close()
    return painted


async def show(page: Page, text: str) -> float:
    """The time from one person's message to its drawing on another person's screen."""
    shown: float = await page.evaluate(SHOWN, text)
    return shown


def summary(times: list[float]) -> dict[str, float]:
    """Median and 95th percentile."""
    return {"p50": round(statistics.median(times), 1), "p95": round(statistics.quantiles(times, n=20)[-1], 1)}


def table(figures: dict[str, object]) -> str:
    """The figures as a table for people."""
    return "\n".join(f"{name:<16}{value}" for name, value in figures.items())


if __name__ == "__main__":
    result = asyncio.run(measure())
    sys.stdout.write(table(result) + "\n")
    if "--json" in sys.argv[1:]:
        sys.stdout.write(json.dumps(result) + "\n")
