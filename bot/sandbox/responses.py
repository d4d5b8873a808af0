"""``/response/…``: what apps post to response URLs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox import responding, striking
from bot.sandbox.errors import SlackError

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

#: A response URL that is gone, as opposed to an answer that makes no sense.
GONE = {"invalid_url", "expired_url", "used_url"}


class Responses:
    """The handler of response URLs."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def add_to(self, app: web.Application) -> None:
        """Mount the route."""
        app.router.add_post("/response/{team}/{key}", self.respond)

    async def respond(self, request: web.Request) -> web.Response:
        """Do what the app says, if the URL is still good and no fault hits it."""
        return await striking.struck(self._sandbox.faults, "response_url", request, self._respond)

    async def _respond(self, request: web.Request) -> web.Response:
        workspace = self._sandbox.workspace
        key = f"{request.match_info['team']}/{request.match_info['key']}"
        body: dict[str, Any] = {}
        try:
            url = workspace.response_urls.check(key)
            body = _read(await request.text())
            responding.use(workspace, url, body)
        except SlackError as error:
            self._sandbox.traffic.note("response", "response_url", request=body, error=error.code)
            return web.json_response(error.to_answer(), status=404 if error.code in GONE else 400)
        self._sandbox.traffic.note("response", "response_url", request=body, response="ok")
        return web.Response(text="ok")


def _read(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError as error:
        raise SlackError("invalid_payload") from error
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body
