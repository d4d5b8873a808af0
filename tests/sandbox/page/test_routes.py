"""The page's addresses, without a browser."""

from collections.abc import AsyncIterator

import aiohttp
import pytest

from bot.sandbox import Sandbox


@pytest.fixture
async def browse(sandbox: Sandbox) -> AsyncIterator[aiohttp.ClientSession]:
    """A client of the page."""
    async with aiohttp.ClientSession(sandbox.page_url) as session:
        yield session


async def test_the_root_redirects_to_general_as_the_first_person(browse: aiohttp.ClientSession) -> None:
    async with browse.get("/") as answer:
        assert answer.url.path == "/alice/general"
    async with browse.get("/bob") as answer:
        assert answer.url.path == "/bob/general"


@pytest.mark.parametrize("address", ["/nobody/general", "/alice/nowhere", "/<b>x/general"])
async def test_a_missing_page_says_so_with_a_link_back(browse: aiohttp.ClientSession, address: str) -> None:
    async with browse.get(address) as answer:
        text = await answer.text()
    assert answer.status == 404
    assert '<a href="/alice">alice</a>' in text
    assert "<b>x" not in text


async def test_a_private_channel_is_not_shown_to_others(
    browse: aiohttp.ClientSession, sandbox: Sandbox
) -> None:
    secret = await _private_channel(sandbox)
    async with browse.get(f"/alice/{secret}") as allowed, browse.get(f"/bob/{secret}") as refused:
        assert (allowed.status, refused.status) == (200, 404)


async def _private_channel(sandbox: Sandbox) -> str:
    channel = sandbox.workspace.channels[sandbox.channels["random"]]
    channel.kind, channel.members = "private", [sandbox.users["alice"]]
    return channel.name


async def test_the_headers_forbid_outside_content_and_caching(browse: aiohttp.ClientSession) -> None:
    async with browse.get("/alice/general") as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


async def test_a_refresh_sends_only_what_changed(browse: aiohttp.ClientSession, sandbox: Sandbox) -> None:
    asked = {
        "user": "alice",
        "channel": "general",
        "tab": "",
        "thread": "",
        "oldest": "",
        "newest": "",
        "count": 0,
        "earlier": False,
        "later": False,
        "since": "",
    }
    async with browse.post("/page/refresh", json=asked | {"have": {}}) as answer:
        first = await answer.json()
    have = {name: part["hash"] for name, part in first["parts"].items()}
    await sandbox.act({"user": "bob", "action": "say", "channel": "general", "text": "hello"})
    async with browse.post("/page/refresh", json=asked | {"have": have}) as answer:
        second = await answer.json()
    assert set(second["parts"]) <= {
        "intro",
        "sidebar",
        "clock",
    }  # the welcome disappears, the channel is unread
    assert [html is not None for _, _, html in second["lists"]["messages"]] == [True]


async def test_markdown_is_drawn_for_a_preview(browse: aiohttp.ClientSession) -> None:
    async with browse.post("/page/preview", json={"user": "alice", "text": "# <i>T</i>"}) as answer:
        assert (await answer.json())["html"] == "<h1>&lt;i&gt;T&lt;/i&gt;</h1>"


async def test_the_emoji_table_is_served_in_its_own_order(browse: aiohttp.ClientSession) -> None:
    async with browse.get("/page/emoji") as answer:
        table = await answer.json()
    assert table[0] == ["rotating_light", "🚨"]
    assert ["thumbsup", "👍"] in table
