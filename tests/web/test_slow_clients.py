"""Slow or many clients keep out neither Slack nor probes; on real sockets."""

import asyncio
import hashlib
import hmac
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.core.clock import utc_now
from bot.core.metrics import Metrics
from bot.core.route import HttpRequest, HttpResponse
from bot.engine.monitor import Monitor
from bot.engine.store.database import Database
from bot.sandbox.driver import Driver
from bot.subjects import FIGURES
from bot.web import connections
from bot.web.connections import FEWEST, MOST, Limits
from bot.web.server import Server
from bot.web.signature import events
from tests.cli.process import bot, workspace
from tests.web.conftest import free_port
from tests.web.figures import get

SECRET = "a secret of the test's"  # noqa: S105  # not a real one
HALF = b"POST /slack/events HTTP/1.1\r\nHost: warroom\r\n"
LOOK = b"GET /healthz HTTP/1.1\r\nHost: warroom\r\n\r\n"


@dataclass
class Client:
    """One connection."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def send(self, what: bytes) -> None:
        """Send it, even if the server no longer listens."""
        self.writer.write(what)
        await self.writer.drain()

    async def head(self) -> bytes:
        """The head of the next answer, and its body if it has already arrived."""
        async with asyncio.timeout(10):
            return await self.reader.readuntil(b"\r\n\r\n")

    async def is_closed(self) -> bool:
        """Wait until the server has closed the connection; false if it sends something instead."""
        try:
            async with asyncio.timeout(10):
                return await self.reader.read() == b""
        except ConnectionError:
            return True


@dataclass
class LimitedServer:
    """A server of the bot's, with the test's limits.

    Attributes:
        answering: set while Slack's requests may be answered.
        under_way: one for each of Slack's requests that has arrived.
    """

    port: int
    stack: AsyncExitStack
    answering: asyncio.Event
    under_way: asyncio.Semaphore

    async def client(self, first: bytes = b"") -> Client:
        """Connect, and send something."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        self.stack.callback(writer.close)
        made = Client(reader, writer)
        await made.send(first)
        return made


@asynccontextmanager
async def limited_server(limits: Limits) -> AsyncIterator[LimitedServer]:
    """Run the server until the end of the block."""
    made = LimitedServer(free_port(), AsyncExitStack(), asyncio.Event(), asyncio.Semaphore(0))

    async def hear(heard: HttpRequest) -> HttpResponse:
        made.under_way.release()
        await made.answering.wait()
        return HttpResponse(200, f"{len(heard.body)} {heard.content_type}")

    database = Database("sqlite:///nowhere.db")  # it is never used
    route = events(SECRET, utc_now)
    server = Server(Monitor(database, Metrics(), FIGURES), [route], limits=limits)
    async with made.stack, server.listening("127.0.0.1", made.port), server.handling({route.path: hear}):
        yield made
    await database.close()


def _signed(body: bytes, length: int | None = None) -> bytes:
    """A complete request of Slack's, or one that announces more than it has."""
    stamp = str(int(time.time()))  # noqa: TID251  # Slack's clock
    made = hmac.new(SECRET.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    head = (
        f"X-Slack-Request-Timestamp: {stamp}\r\nX-Slack-Signature: v0={made}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return HALF + head.encode() + body


@pytest.mark.parametrize("sent", [b"", HALF, b"GET"], ids=["nothing", "half a head", "half a line"])
async def test_a_client_that_does_not_finish_its_request_is_disconnected(sent: bytes) -> None:
    async with limited_server(Limits(head=0.1)) as opened:
        assert await (await opened.client(sent)).is_closed()


async def test_a_client_that_sends_single_bytes_slowly_is_disconnected_too() -> None:
    async with limited_server(Limits(head=0.3)) as opened:
        client = await opened.client(HALF)
        closed = asyncio.create_task(client.is_closed())
        while not closed.done():
            client.writer.write(b"X-Slow: 1\r\n")
            await asyncio.wait([closed], timeout=0.02)
        assert await closed


async def test_an_idle_connection_is_kept_for_a_limited_time() -> None:
    async with limited_server(Limits(head=0.1, idle=0.5)) as opened:
        client = await opened.client(LOOK)
        assert b"200 OK" in await client.head()
        await client.reader.readexactly(len('{"ok": true}'))
        begun = asyncio.get_running_loop().time()
        assert await client.is_closed()
        assert asyncio.get_running_loop().time() - begun > 0.3


async def test_a_second_request_has_the_same_time_limit_as_the_first() -> None:
    async with limited_server(Limits(head=0.1)) as opened:
        client = await opened.client()
        for _ in range(2):
            await client.send(LOOK)
            assert b"200 OK" in await client.head()
            await client.reader.readexactly(len('{"ok": true}'))
        await client.send(b"GET /heal")
        assert await client.is_closed()


async def test_the_wait_for_a_missing_body_is_limited() -> None:
    async with limited_server(Limits(body=0.1)) as opened:
        client = await opened.client(_signed(b"{", length=1000))
        assert b"408" in await client.head()


async def test_the_wait_for_a_large_missing_body_is_limited_too() -> None:
    async with limited_server(Limits(body=0.1)) as opened:
        clients = [await opened.client(_signed(b"{", length=100_000)) for _ in range(20)]
        assert all([b"408" in await client.head() for client in clients])


async def test_an_answer_that_takes_too_long_ends_the_connection_unless_slack_waits_for_it() -> None:
    async with limited_server(Limits(body=10, answer=0.1)) as opened:
        slow = await opened.client(_signed(b"{", length=1000))
        slack = await opened.client(_signed(b"{}"))
        assert await slow.is_closed()
        opened.answering.set()
        assert b"200 OK" in await slack.head()


async def test_with_too_many_connections_the_one_that_has_waited_longest_is_closed() -> None:
    async with limited_server(Limits(connections=4)) as opened:
        crowd = [await opened.client(HALF) for _ in range(10)]
        for client in crowd[:6]:
            assert await client.is_closed()
        look = await opened.client(LOOK)
        assert b"200 OK" in await look.head()
        assert await crowd[6].is_closed()
        for client in crowd[7:]:
            await client.send(b"Content-Length: 0\r\n\r\n")
            assert b"401" in await client.head()


async def test_signed_requests_are_answered_however_many_connections_come() -> None:
    async with limited_server(Limits(connections=4)) as opened:
        slack = await opened.client(_signed(b"{}"))
        await opened.under_way.acquire()
        for _ in range(20):
            await opened.client(HALF)
        opened.answering.set()
        assert b"200 OK" in await slack.head()


async def test_if_all_connections_are_slacks_one_more_is_refused() -> None:
    async with limited_server(Limits(connections=2)) as opened:
        slack = [await opened.client(_signed(b"{}")) for _ in range(2)]
        for _ in slack:
            await opened.under_way.acquire()
        assert await (await opened.client(LOOK)).is_closed()
        opened.answering.set()
        for client in slack:
            assert b"200 OK" in await client.head()
        assert b"200 OK" in await (await opened.client(LOOK)).head()


async def test_a_closed_connection_makes_space_for_another() -> None:
    async with limited_server(Limits(connections=2)) as opened:
        for _ in range(10):
            client = await opened.client(LOOK)
            assert b"200 OK" in await client.head()
            client.writer.close()
            await client.writer.wait_closed()


@pytest.mark.parametrize(
    ("files", "most"), [(256, 64), (20, FEWEST), (1024, 256), (1_000_000, MOST), (-1, MOST)]
)
def test_the_number_of_connections_follows_from_the_limit_of_open_files(files: int, most: int) -> None:
    assert connections.default_limits(files).connections == most


async def test_370_half_requests_with_256_open_files_keep_nobody_out(tmp_path: Path) -> None:
    sandbox = await workspace()
    port = free_port()
    http = {"PORT": str(port), "HOST": "127.0.0.1", "SLACK_SIGNING_SECRET": sandbox.signing_secret}
    async with (
        Driver(sandbox.control_url) as driver,
        bot(sandbox, tmp_path, files=256, SLACK_APP_TOKEN="", **http) as running,
        AsyncExitStack() as crowd,
    ):
        await running.says("warroom.ready")
        for _ in range(370):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            crowd.callback(writer.close)
            writer.write(HALF)
        assert (await get(port, "/healthz"))[0] == 200
        assert (await get(port, "/readyz"))[0] == 200
        await driver.deliver_to(f"http://127.0.0.1:{port}/slack/events")
        alice = driver.user("alice")
        await alice.command("general", "/incident", "declare sev1 Down")
        await alice.until(lambda seen: any(c["name"] == "inc-1-down" for c in seen["channels"]))
        status, _ = await running.stop()
        assert status == 0
    await sandbox.stop()
    assert "Traceback" not in running.log
    assert '"level": "error"' not in running.log


def _chunked(*chunks: bytes) -> bytes:
    """A request with the signature of another body, in chunks."""
    whole = _signed(b"{}").replace(b"Content-Length: 2\r\n", b"Transfer-Encoding: chunked\r\n")
    return whole.removesuffix(b"{}") + b"".join(chunks)


async def test_endless_chunks_are_cut_off_and_invalid_chunks_are_refused() -> None:
    async with limited_server(Limits()) as opened:
        client = await opened.client(_chunked(*[b"10000\r\n" + b"x" * 65536 + b"\r\n"] * 20))
        assert b"413" in await client.head()
        client = await opened.client(_chunked(b"not a length\r\n"))
        assert b"400" in await client.head()
        client = await opened.client(_chunked(b"2\r\n[]\r\n0\r\n\r\n"))
        assert b"401" in await client.head()
