"""Accepts only genuine requests. Nothing of any other request is parsed, logged or answered."""

import asyncio

from aiohttp import web

from bot.core.route import HttpHandler, HttpRequest, Route
from bot.web.connections import Connections

LARGEST = 2**20  # bytes; a view has 250 kB at most (Slack docs, modals), and grows when it is encoded
LARGE = 2**16  # bytes; only a few larger bodies are read at a time, so that they do not fill the memory
LARGE_AT_ONCE = 8


class Gate:
    """Distinguishes genuine requests from all others.

    Args:
        connections: is told which connections are genuine: those are kept if there are too many.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def handle(self, route: Route, request: web.Request, handler: HttpHandler) -> web.Response:
        """Pass a genuine request on for its answer; refuse every other request."""
        if not route.may_be_genuine(request.headers):
            return _refused(401)
        if request.content_type not in route.content_types:
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
        if not route.is_genuine(request.headers, body):
            return _refused(401)
        self._connections.trust(request)
        response = await handler(HttpRequest(body, request.content_type, request.headers))
        return web.Response(status=response.status, text=response.text, content_type=response.content_type)

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
