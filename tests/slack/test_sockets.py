"""Socket Mode connections that do not reconnect are replaced."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from time import monotonic

import pytest
import yaml
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.core.metrics import Metrics
from bot.core.resources import shipped
from bot.sandbox import Sandbox
from bot.slack.addresses import Addresses
from bot.slack.receiver import Receiver
from bot.slack.setup_check import Identity, SocketAddress, check_setup
from bot.slack.sockets import Sockets

OPEN = "apps.connections.open"


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    made = await Sandbox.start(manifest=yaml.safe_load(shipped("manifest.yml").read_text()))
    yield made
    await made.stop()


def sockets(
    sandbox: Sandbox,
    count: int = 1,
    missed: Callable[[], None] = lambda: None,
    addresses: Sequence[SocketAddress] = (),
) -> Sockets:
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url, retry_handlers=[])
    app = AsyncApp(client=client, name="test", request_verification_enabled=False)
    metrics = Metrics()
    me = Identity(team_id="T1", team="Acme", user_id="U1", user="warroom", scopes=None)
    reception = Receiver(app, metrics, me, Addresses(sandbox.base_url))
    return Sockets(
        app,
        sandbox.app_token,
        count,
        metrics,
        reception,
        socket_addresses=addresses,
        missed=missed,
        replace_after=0.1,
    )


async def until_connected(sandbox: Sandbox) -> None:
    async with asyncio.timeout(10):
        await sandbox.sockets.connected()


async def test_a_client_that_tries_a_used_address_for_ever_is_replaced(sandbox: Sandbox) -> None:
    held = sockets(sandbox)
    async with held.open():
        await until_connected(sandbox)
        stuck_client = held._handlers[0].client
        stuck_client.auto_reconnect_enabled = stuck_client.default_auto_reconnect_enabled = False
        used, session = stuck_client.wss_uri, stuck_client.current_session
        assert session is not None
        asked = asyncio.Event()
        sandbox.traffic.on_note = lambda note: asked.set() if note.get("method") == OPEN else None
        await session.close()
        stuck = asyncio.create_task(stuck_client.connect())  # with an address that was used before
        async with asyncio.timeout(10):
            await asked.wait()
        assert stuck_client.wss_uri == used
        assert held._handlers[0].client is not stuck_client
        await until_connected(sandbox)
        stuck.cancel()


async def test_after_each_reconnection_the_bot_checks_what_it_may_have_missed(sandbox: Sandbox) -> None:
    missed = asyncio.Event()
    held = sockets(sandbox, missed=missed.set)
    async with held.open(), asyncio.timeout(30):
        await missed.wait()
        missed.clear()
        session = held._handlers[0].client.current_session
        assert session is not None
        await session.close()
        await missed.wait()


async def test_the_bot_reports_when_no_connection_is_open(sandbox: Sandbox) -> None:
    held = sockets(sandbox)
    assert await held.trouble() == "there is no Socket Mode connection"
    async with held.open():
        await until_connected(sandbox)
        assert held.sockets == 1


async def test_an_open_connection_is_not_replaced(sandbox: Sandbox) -> None:
    held = sockets(sandbox, count=2)
    async with held.open():
        await until_connected(sandbox)
        before = [handler.client for handler in held._handlers]
        looks = [asyncio.create_task(held._watch(place)) for place in range(2)]
        await asyncio.wait(looks, timeout=0.3)
        assert [handler.client for handler in held._handlers] == before
        for look in looks:
            look.cancel()
        await asyncio.gather(*looks, return_exceptions=True)


@pytest.mark.parametrize(("age", "calls"), [(0.0, 2), (60.0, 4)], ids=["fresh", "too old"])
async def test_the_addresses_from_the_start_are_used_while_they_are_valid(
    sandbox: Sandbox, age: float, calls: int
) -> None:
    asked: list[str] = []
    sandbox.traffic.on_note = lambda note: asked.append(str(note.get("method")))
    client = AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url, retry_handlers=[])
    me = await check_setup(client, sandbox.app_token, "", sockets=2)
    given = [SocketAddress(each.url, monotonic() - age) for each in me.socket_addresses]
    held = sockets(sandbox, count=2, addresses=given)
    async with held.open():
        assert held.sockets == 2
        assert asked.count(OPEN) == calls
