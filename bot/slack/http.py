"""Signed HTTP: Slack calls us. Bolt verifies each request's signature and age (v0, 300 s)."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp


def events(bolt: AsyncApp) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of the one address that the manifest gives Slack for commands, clicks and events."""

    async def handle(request: web.Request) -> web.Response:
        try:
            return await to_aiohttp_response(await bolt.async_dispatch(await to_bolt_request(request)))
        except ValueError:  # a body that is neither JSON nor a form: Slack sends no such thing
            return web.Response(status=400, text="that is no request of Slack's")

    return handle
