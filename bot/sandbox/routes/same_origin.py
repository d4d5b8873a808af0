"""Accept only requests from this machine and, in a browser, from the page's own origin."""

from collections.abc import Awaitable, Callable

from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

LOCAL = {"127.0.0.1", "localhost", "[::1]"}


@web.middleware
async def same_origin(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests that a browser sends for another site, by their Origin or a rebound host name."""
    host = request.host.rpartition(":")[0] or request.host
    origin = request.headers.get("Origin")
    if host not in LOCAL or origin not in {None, f"http://{request.host}"}:
        raise web.HTTPForbidden(
            text="the sandbox answers to its own page and to programs on this machine only"
        )
    return await handler(request)
