"""Signed HTTP: Slack calls us. Bolt verifies each request's signature and age (v0, 300 s)."""

import secrets
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from bot.slack.arrivals import Arrivals


def events(bolt: AsyncApp, arrivals: Arrivals) -> Callable[[web.Request], Awaitable[web.Response]]:
    """The handler of the one address that the manifest gives Slack for commands, clicks and events."""

    async def handle(request: web.Request) -> web.Response:
        try:
            asked = await to_bolt_request(request)
        except ValueError:  # a body that is neither JSON nor a form: Slack sends no such thing
            return web.Response(status=400, text="that is no request of Slack's")
        async with arrivals.one(_kind(asked.body), secrets.token_hex(8)):
            return await to_aiohttp_response(await bolt.async_dispatch(asked))

    return handle


def _kind(body: Mapping[str, Any]) -> str:
    """What Socket Mode would call it: the same figures whichever way things come."""
    if "command" in body:
        return "slash_commands"
    return "events_api" if "event" in body else "interactive"
