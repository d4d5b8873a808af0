"""A whole incident with the mouse, in a real browser, with two people at the same time."""

from pathlib import Path

import pytest
from playwright.async_api import Page

from tests.walkthrough import browsing, walk


@pytest.mark.browser
async def test_two_people_handle_a_whole_incident_by_mouse(tmp_path: Path) -> None:
    turns: list[str] = []

    async def note_turn(page: Page, name: str) -> None:
        assert await page.title()
        turns.append(name)

    async with browsing(tmp_path / "browser.db") as visit:
        await walk(visit, note_turn)
    assert turns == ["declare", "war-room", "command", "reminder", "timeline", "postmortem"]
