"""A sandbox on loopback, the official client, and people to act as."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.api.catalogue import common_errors, methods
from bot.sandbox.driver import Driver, Person
from tests.sandbox.manifest import MANIFEST
from tests.sandbox.recorder import Recorder


@pytest.fixture(autouse=True, scope="session")
def no_proxy() -> Iterator[None]:
    """slack_sdk reads these from the environment and makes no exception for loopback."""
    with pytest.MonkeyPatch.context() as environment:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"):
            environment.delenv(name, raising=False)
        yield


@pytest.fixture
def manifest() -> dict[str, Any]:
    """The app's manifest; a test may parametrize or override it."""
    return MANIFEST


@pytest.fixture
async def sandbox(manifest: dict[str, Any]) -> AsyncIterator[Sandbox]:
    """A running sandbox that gives no error that Slack does not document for the method."""
    running = await Sandbox.start(manifest=manifest)
    yield running
    for entry in running.traffic.since():
        if entry["kind"] == "call" and entry["error"] and not entry["error"].startswith("http_"):
            method = methods().get(entry["method"])
            documented = (method.errors if method else frozenset()) | common_errors()
            assert entry["error"] in documented, f"{entry['method']} does not document {entry['error']}"
    await running.stop()


@pytest.fixture
async def driver(sandbox: Sandbox) -> AsyncIterator[Driver]:
    """What people see and do."""
    async with Driver(sandbox.control_url) as acting:
        yield acting


@pytest.fixture
def alice(driver: Driver) -> Person:
    """One of the people, an admin."""
    return driver.user("alice")


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    """A plain HTTP client."""
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
async def client(sandbox: Sandbox, http: aiohttp.ClientSession) -> AsyncWebClient:
    """The official client with the bot token; it never retries."""
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url, session=http, retry_handlers=[])


@pytest.fixture
async def app(sandbox: Sandbox, http: aiohttp.ClientSession) -> AsyncIterator[Recorder]:
    """An app that is connected with the official Socket Mode client and records what it is sent."""
    async with Recorder(sandbox, http) as recorder:
        yield recorder
