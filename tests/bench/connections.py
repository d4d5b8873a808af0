"""Connections that cost time: on loopback they are free; to Slack each needs round trips before its first request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

from bot.sandbox import Sandbox

HOST = "127.0.0.1"
PIECE = 65_536  # bytes


@dataclass(slots=True)
class Charged:
    """A way to a sandbox on which new connections cost time.

    Attributes:
        api_url: the address of the Web API on this way.
        opened: how many connections have been opened.
    """

    api_url: str = ""
    opened: int = 0


@asynccontextmanager
async def charged(sandbox: Sandbox, seconds: float) -> AsyncIterator[Charged]:
    """Route everything except Socket Mode this way: a new connection passes nothing on for this many seconds."""
    made = Charged()
    port = int(sandbox.page_url.rstrip("/").rpartition(":")[2])

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        made.opened += 1
        await asyncio.sleep(seconds)
        answers, requests = await asyncio.open_connection(HOST, port)
        try:
            async with asyncio.TaskGroup() as both:
                both.create_task(_pass(reader, requests))
                both.create_task(_pass(answers, writer))
        finally:
            writer.close()
            requests.close()

    server = await asyncio.start_server(serve, HOST, 0)
    slack = sandbox.workspace.server
    root_url = slack.root_url
    slack.root_url = f"http://{HOST}:{server.sockets[0].getsockname()[1]}"
    made.api_url = f"{slack.root_url}/api/"
    try:
        yield made
    finally:
        slack.root_url = root_url
        server.close()


async def _pass(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    """Pass on all data until one side closes; then close the other."""
    with suppress(ConnectionError):
        while piece := await source.read(PIECE):
            sink.write(piece)
            await sink.drain()
        sink.close()
