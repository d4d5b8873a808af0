"""The HTTP server: `/slack/events` for everything that Slack sends, `/healthz` for whoever keeps us running."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp


@asynccontextmanager
async def serving(bolt: AsyncApp, host: str, port: int) -> AsyncIterator[None]:
    """Serve until the end of the block. Bolt verifies each request's signature and age (v0, 300 s).

    Raises:
        OSError: the port is taken.
    """

    async def events(request: web.Request) -> web.Response:
        answer = await bolt.async_dispatch(await to_bolt_request(request))
        return await to_aiohttp_response(answer)

    async def healthz(_request: web.Request) -> web.Response:
        return web.json_response({"ok": True})

    server = web.Application()
    server.add_routes([web.post("/slack/events", events), web.get("/healthz", healthz)])
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        yield
    finally:
        await runner.cleanup()
