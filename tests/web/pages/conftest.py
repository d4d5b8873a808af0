"""A bot whose pages can be opened, and a browser that opens them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.slack.conftest import Office, Town, town_on
from tests.web.conftest import free_port

FORM = re.compile(r'<form method="post" action="([^"]+)">')


@dataclass(frozen=True)
class Seen:
    """What a browser shows.

    Attributes:
        url: the address in its address bar.
    """

    status: int
    text: str
    url: str
    headers: Any


class Browser:
    """A browser of one person, which keeps cookies and follows redirects."""

    def __init__(self, session: aiohttp.ClientSession) -> None:
        self._session = session

    async def ask(self, method: str, url: str, **more: Any) -> Seen:
        """Send one request."""
        async with self._session.request(method, url, **more) as answer:
            return Seen(answer.status, await answer.text(), str(answer.url), answer.headers)

    async def get(self, url: str) -> Seen:
        """Go to an address."""
        return await self.ask("GET", url)

    async def open(self, link: str) -> Seen:
        """Follow a link, and press the button."""
        landed = await self.get(link)
        form = FORM.search(landed.text)
        return await self.ask("POST", form[1]) if form else landed


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """A new one, without cookies."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Browser(session)


@dataclass(frozen=True)
class PageOffice:
    """An office whose bot has pages."""

    office: Office
    town: Town
    url: str

    async def link(self, by: str, text: str, channel: str = "") -> str:
        """Type `/incident …`; the address of the page that the answer has, or empty."""
        answer = await self.office.person(by).command(channel or self.office.stage.room, "/incident", text)
        return next(iter(links_in(answer["messages"])), "")

    async def declare_private(self) -> None:
        """Alice declares a private incident, and goes to its war room."""
        alice = self.office.person("alice")
        before = {each["id"] for each in (await alice.see())["channels"]}
        await alice.command("general", "/incident", "declare")
        await alice.submit(title="TOPSECRET breach", severity="1", private=["private"])
        self.office.stage.room = await alice.until(
            lambda seen: next((each["id"] for each in seen["channels"] if each["id"] not in before), None)
        )
        await self.office.stage.card("triage")


def links_in(thing: Any) -> list[str]:
    """The addresses of the buttons that open a page."""
    if isinstance(thing, dict):
        own = [thing["url"]] if thing.get("action_id") == "open_page" else []
        return own + [each for value in thing.values() for each in links_in(value)]
    return [each for value in thing for each in links_in(value)] if isinstance(thing, list) else []


@asynccontextmanager
async def pages_of(town: Town, **more: Any) -> AsyncIterator[PageOffice]:
    """Run a bot with pages in this town."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    given = {"port": port, "host": "127.0.0.1", "public_url": url} | more
    async with town.bot(**given) as office:
        yield PageOffice(office, town, url)


@pytest.fixture
async def town(tmp_path: Path, database_url: str) -> AsyncIterator[Town]:
    """A town on an empty database, of each kind."""
    async with town_on(database_url, tmp_path) as town:
        yield town


@pytest.fixture
async def pages(town: Town) -> AsyncIterator[PageOffice]:
    """An office whose bot has pages, on each kind of database."""
    async with pages_of(town) as office:
        yield office
