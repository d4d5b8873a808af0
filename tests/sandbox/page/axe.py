"""The faults that axe-core finds in a page, for people who use a keyboard or a screen reader, or see badly."""

from importlib import resources

from playwright.async_api import Page

SCRIPT = (resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
RUN = """async () => (await axe.run()).violations.flatMap(({ id, help, nodes }) =>
  nodes.map(({ target, html, failureSummary }) => `${id} (${help}): ${target} ${html.slice(0, 200)} ${failureSummary}`))"""


async def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule. The page must allow scripts."""
    if not await page.evaluate("() => Boolean(window.axe)"):
        await page.add_script_tag(content=SCRIPT)
    found: list[str] = await page.evaluate(RUN)
    return found
