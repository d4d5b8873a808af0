"""Requests to the bot's server, signed as by Slack or invalid; and a server that must not be called."""

import hashlib
import hmac
import io
import json
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.web.conftest import BotServer

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a request."""

    status: int
    text: str

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.text)


@dataclass
class OtherServer:
    """A server that is not Slack's.

    Attributes:
        called: the paths that were requested.
    """

    url: str = ""
    called: list[str] = field(default_factory=list)


@asynccontextmanager
async def other_server() -> AsyncIterator[OtherServer]:
    """Run such a server on its own port until the end of the block."""
    made = OtherServer()

    async def heard(request: web.Request) -> web.Response:
        made.called.append(request.path)
        return web.Response(text="ok")

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", heard)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    made.url = f"http://127.0.0.1:{site.port}"
    yield made
    await runner.cleanup()


async def post(bot_server: BotServer, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Send exactly this to the address for Slack's requests."""
    url = f"http://127.0.0.1:{bot_server.port}/slack/events"
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=io.BytesIO(body), headers=headers) as answer,
    ):
        return Answer(answer.status, await answer.text())


async def signed(
    bot_server: BotServer, body: bytes, content_type: str = JSON, *, at: float | None = None, secret: str = ""
) -> Answer:
    """Send it as Slack does: with the right signature, unless given otherwise."""
    stamp = int(time.time() if at is None else at)  # noqa: TID251  # Slack signs with its own clock
    key = (secret or bot_server.office.sandbox.signing_secret).encode()
    made = hmac.new(key, b"v0:%d:" % stamp + body, hashlib.sha256).hexdigest()
    signature = {"X-Slack-Request-Timestamp": str(stamp), "X-Slack-Signature": f"v0={made}"}
    return await post(bot_server, body, {"Content-Type": content_type, **signature})


async def interactive(bot_server: BotServer, payload: Mapping[str, Any]) -> Answer:
    """A signed click, form or shortcut."""
    return await signed(bot_server, urlencode({"payload": json.dumps(payload)}).encode(), FORM)


async def event(bot_server: BotServer, payload: Mapping[str, Any]) -> Answer:
    """A signed event."""
    return await signed(bot_server, json.dumps(payload).encode())


async def command(bot_server: BotServer, **fields: str) -> Answer:
    """A signed slash command."""
    return await signed(bot_server, urlencode(fields).encode(), FORM)
