"""An app that records everything it is sent, on the official Socket Mode client."""

import asyncio
from collections.abc import Callable
from typing import Any, Self

import aiohttp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox

PATIENCE = 5.0

Answer = Callable[[dict[str, Any]], dict[str, Any] | None]


class Recorder:
    """Connects, acknowledges, records.

    Attributes:
        requests: what was received, in order.
        answer: makes the ack's payload of a request's payload.
        acking: whether requests are acknowledged at all.
    """

    def __init__(self, sandbox: Sandbox, http: aiohttp.ClientSession) -> None:
        web = AsyncWebClient(
            token=sandbox.bot_token, base_url=sandbox.base_url, session=http, retry_handlers=[]
        )
        self.client = SocketModeClient(app_token=sandbox.app_token, web_client=web, ping_interval=0.2)
        self.client.socket_mode_request_listeners.append(self._take)
        self.requests: asyncio.Queue[SocketModeRequest] = asyncio.Queue()
        self.answer: Answer = lambda payload: None  # noqa: ARG005 - the default says nothing
        self.acking = True

    async def __aenter__(self) -> Self:
        await self.client.connect()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.client.close()

    async def request(self, kind: str | None = None) -> SocketModeRequest:
        """The next request, or the next of that kind: an event's type, a payload's type or a command."""
        async with asyncio.timeout(PATIENCE):
            while True:
                request = await self.requests.get()
                if kind in {None, kind_of(request)}:
                    return request

    async def event(self, kind: str) -> dict[str, Any]:
        """The inner event of the next such event."""
        event: dict[str, Any] = (await self.request(kind)).payload["event"]
        return event

    async def payload(self, kind: str) -> dict[str, Any]:
        """The payload of the next such request."""
        return (await self.request(kind)).payload

    def kinds(self) -> list[str]:
        """The kinds of all requests in the queue; the queue is then empty."""
        kinds = []
        while not self.requests.empty():
            kinds.append(kind_of(self.requests.get_nowait()))
        return kinds

    async def _take(self, client: AsyncBaseSocketModeClient, request: SocketModeRequest) -> None:
        self.requests.put_nowait(request)
        if self.acking:
            response = SocketModeResponse(request.envelope_id, payload=self.answer(request.payload))
            await client.send_socket_mode_response(response)


def kind_of(request: SocketModeRequest) -> str:
    """The kind of a request."""
    payload = request.payload
    if request.type == "events_api":
        return str(payload.get("event", payload)["type"])
    return str(payload.get("type") or payload.get("command"))
