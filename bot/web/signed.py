"""Slack's signed requests. Nothing of other requests is parsed, logged or answered."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.core.clock import Clock
from bot.web.connections import Connections
from bot.web.signature import is_signed, may_be_signed

LARGEST = 2**20  # bytes; a view has 250 kB at most (Slack docs, modals), and grows when it is encoded
LARGE = 2**16  # bytes; only a few larger bodies are read at a time, so that they do not fill the memory
LARGE_AT_ONCE = 8

CONTENT_TYPES = frozenset({"application/json", "application/x-www-form-urlencoded"})

Handler = Callable[
    [bytes, str], Awaitable[web.Response]
]  # (body, content type) of a request that Slack signed


class Signed:
    """Distinguishes Slack's requests from all others.

    Args:
        secret: the app's signing secret.
        now: this machine's clock.
        connections: is told which connections are from Slack; those are kept when there are too many.
    """

    def __init__(self, secret: str, now: Clock, connections: Connections) -> None:
        self._secret = secret
        self._now = now
        self._connections = connections
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def heard(self, request: web.Request, handler: Handler) -> web.Response:
        """Let the handler answer a request that Slack has signed; refuse all others."""
        stamp = request.headers.get("X-Slack-Request-Timestamp", "")
        signature = request.headers.get("X-Slack-Signature", "")
        if not may_be_signed(stamp, signature, self._now()):
            return _refused(401)
        if request.content_type not in CONTENT_TYPES:
            return _refused(415)
        if (request.content_length or 0) > LARGEST:
            return _refused(413)
        try:
            async with asyncio.timeout(self._connections.limits.body):
                body = await self._body(request)
        except TimeoutError:
            return _refused(408)
        except web.RequestPayloadError:  # invalid chunks, or the client hung up
            return _refused(400)
        except web.HTTPRequestEntityTooLarge:
            return _refused(413)
        if not is_signed(self._secret, stamp, signature, body):
            return _refused(401)
        self._connections.trust(request)
        return await handler(body, request.content_type)

    async def _body(self, request: web.Request) -> bytes:
        if request.content_length is not None and request.content_length <= LARGE:
            return await request.read()
        async with self._large:
            return await request.read()


def _refused(status: int) -> web.Response:
    """Refuse with a status and no text, and close the connection."""
    answer = web.Response(status=status)
    answer.force_close()
    return answer
