"""axe-core finds no fault in the war room of a whole incident, with its card, forms and draft, or on Home."""

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.sandbox.page.axe import violations
from tests.walkthrough import ROOM, browsing, card, messages, say, walk


@pytest.mark.browser
async def test_a_whole_incident_breaks_no_rule(tmp_path: Path) -> None:
    found: dict[str, list[str]] = {}

    async def look(page: Page, name: str) -> None:
        found[name] = await violations(page)

    async with browsing(tmp_path / "axe.db", scripts=True) as visit:
        await walk(visit, look)
        for name, phone, dark in (("dark", False, True), ("phone", True, False)):
            page = await visit(f"bob/{ROOM}", phone=phone, dark=dark)
            await card(page).scroll_into_view_if_needed()
            await look(page, name)
        alice = await visit("alice/general")
        await say(alice, "/incident declare sev1 Mail is late")
        await expect(messages(alice)).to_contain_text("INC-2 is declared")
        home = await visit("alice/@home", dark=True)
        await expect(home.get_by_text("1 incident is open")).to_be_visible()
        await look(home, "home")
    assert len(found) == 9
    assert [line for lines in found.values() for line in lines] == []
