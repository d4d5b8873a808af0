"""The head of the war room over the wire: the video bridge, the bookmarks and the canvas."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from bot.app import running
from bot.cli.practice import settings
from bot.config import GivenSettings
from bot.core.resources import shipped
from bot.drills.stage import has, readable
from bot.incident.store import header
from tests.slack.conftest import Office, Town

POLICY = """
bridge: https://meet.example.com/{reference}-{secret}
bookmarks:
  - title: Checkout dashboard
    url: https://grafana.example.com/d/checkout?incident={number}
    emoji: bar_chart
"""
PAUSE = 20  # seconds, after which the canvas is shown


@asynccontextmanager
async def bot_with(town: Town, policy: str = POLICY) -> AsyncIterator[Office]:
    """The bot with this in addition to the usual policy."""
    file = town.stage.out / "policy.yml"
    file.write_text(shipped("bot/policy.yml").read_text() + policy)
    given = settings(town.sandbox, town.stage.out / "unused.db").model_dump()
    chosen = GivenSettings.model_validate(given | {"database_url": town.database_url, "policy_file": file})
    async with running(chosen, clock=town.sandbox.clock.now, timeouts=town.patience) as app:
        yield Office(town.sandbox, app, town.driver, town.stage)


async def room(office: Office, by: str = "alice") -> dict[str, Any]:
    seen: dict[str, Any] = (await office.person(by).see(office.stage.room))["channel"]
    return seen


async def posted(office: Office) -> list[dict[str, Any]]:
    """What everybody in the room reads, besides what Slack itself posts."""
    messages = (await room(office))["messages"]
    return [each for each in messages if not each.get("subtype") and not each.get("ephemeral")]


async def bookmarks(office: Office, *titles: str, bridge: str = "") -> dict[str, str]:
    """The links of the bookmarks by title, as soon as there are exactly these, and the bridge's begins so."""

    def find(seen: dict[str, Any]) -> dict[str, str] | None:
        found = {each["title"]: each["link"] for each in seen["channel"]["bookmarks"]}
        is_bridge = found.get("Video bridge", "").startswith(bridge)
        return found if sorted(found) == sorted(titles) and is_bridge else None

    found: dict[str, str] = await office.person("alice").until(find, office.stage.room)
    return found


async def canvas(office: Office, *words: str) -> str:
    """The canvas of the room, as soon as it says this."""
    await office.driver.advance(PAUSE)

    def find(seen: dict[str, Any]) -> str | None:
        document = str((seen["channel"]["canvas"] or {}).get("markdown") or "")
        return document if document and all(word in document for word in words) else None

    found: str = await office.person("alice").until(find, office.stage.room)
    return found


async def test_a_bridge_is_on_the_card_in_the_topic_and_among_the_bookmarks_and_nowhere_else(
    town: Town,
) -> None:
    async with bot_with(town) as office:
        await office.declare()
        links = await bookmarks(office, "Video bridge", "INC-1 card", "Checkout dashboard")
        address = links["Video bridge"]
        assert address.startswith("https://meet.example.com/INC-1-")
        assert len(address) > len("https://meet.example.com/INC-1-") + 40
        assert links["Checkout dashboard"].endswith("incident=1")
        card = await office.stage.card("Checkout")
        assert "Join the bridge" in str(card)
        assert address in str(card)
        assert address in (await room(office))["topic"]
        assert address in await office.told("alice", "bridge")
        assert "is for the people of the war room" in await office.told("bob", "bridge INC-1", "general")
        for words in ("show INC-1", "timeline INC-1", "catchup INC-1", "list"):
            assert address not in await office.told("bob", words, "general")
        assert address not in str((await office.person("bob").see("incidents"))["channel"])


async def test_another_bridge_is_set_and_removed(town: Town) -> None:
    async with bot_with(town, POLICY + "canvas: no\n") as office:
        await office.declare()
        await bookmarks(office, "Video bridge", "INC-1 card", "Checkout dashboard")
        told = await office.told("alice", "bridge https://zoom.example.com/j/1?pwd=a&b=c")
        assert "https://zoom.example.com/j/1?pwd=a&amp;b=c" in told
        card = await office.person("alice").until(
            lambda seen: next((each for each in seen["channel"]["messages"] if has(each, "zoom")), None),
            office.stage.room,
        )
        assert "https://zoom.example.com/j/1?pwd=a&b=c" in str(card)
        links = await bookmarks(
            office, "Video bridge", "INC-1 card", "Checkout dashboard", bridge="https://zoom"
        )
        assert links["Video bridge"] == "https://zoom.example.com/j/1?pwd=a&b=c"
        assert "paste its whole link" in await office.told("alice", "bridge http://zoom.example.com")
        assert "is removed" in await office.told("alice", "bridge none")
        await bookmarks(office, "INC-1 card", "Checkout dashboard")
        assert "has no video bridge" in await office.told("alice", "bridge")
        assert "zoom" not in (await room(office))["topic"]
        assert len(await posted(office)) == 1  # the card


async def test_the_canvas_shows_the_state_and_changes_only_what_is_ours(town: Town) -> None:
    async with bot_with(town) as office:
        await office.declare()
        first = await canvas(office, "## State", "## Timeline", "none yet")
        assert "**Severity:** SEV2" in first
        document = office.sandbox.workspace.canvases.values()
        (shown,) = document
        shown.sections[0].markdown = "# Written by Bob"
        await office.told("alice", "task me look at ![](@U1) <!channel>")
        await office.told("alice", "update half of it works again")
        second = await canvas(office, "half of it works again", "**T1** open")
        assert "# Written by Bob" in second
        assert second.count("warroom keeps") == 5
        assert "![](@U1)" not in second
        assert has({"text": readable((await room(office))["messages"])}, "half of it works")


@pytest.mark.parametrize(
    ("lost", "method", "feature"),
    [
        ("canvases:write", "conversations.canvases.create", "canvas"),
        ("bookmarks:write", "bookmarks.add", "bookmarks"),
    ],
)
async def test_a_workspace_that_allows_neither_is_asked_once_and_the_room_is_told_nothing(
    town: Town, lost: str, method: str, feature: str
) -> None:
    async with bot_with(town) as office:
        office.sandbox.workspace.app.scopes -= {lost}
        for number in (1, 2):
            await office.declare(f"sev2 Outage {number}")
            for _ in range(2):
                await office.driver.advance(PAUSE)
                await office.app.engine.deliverer.drain()
            assert not any(has(each, "could not") for each in await posted(office))
        asked = [each for each in await office.driver.traffic() if each.get("method") == method]
        assert len(asked) == 1
        async with office.app.database.reading() as session:
            (row,) = await header.refused(session, [office.app.team])
        assert (row.feature, row.reason) == (feature, "missing_scope")
