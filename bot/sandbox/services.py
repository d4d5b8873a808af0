"""``/services/…``: what other programs post to incoming webhooks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from bot.sandbox import integrating
from bot.sandbox.errors import SlackError

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox

#: Slack answers an incoming webhook in words, with a status that tells what is wrong.
STATUS = {"no_service": 404, "channel_is_archived": 410}
BAD_REQUEST = 400


class Services:
    """The handler of incoming webhooks."""

    def __init__(self, sandbox: Sandbox) -> None:
        self._sandbox = sandbox

    def add_to(self, app: web.Application) -> None:
        """Mount the route."""
        app.router.add_post("/services/{team}/{bot}/{secret}", self.post)

    async def post(self, request: web.Request) -> web.Response:
        """Post a message into the webhook's channel."""
        workspace, match = self._sandbox.workspace, request.match_info
        body: dict[str, Any] = {}
        try:
            found = integrating.at(workspace, match["team"], match["bot"], match["secret"])
            body = await _read(request)
            integrating.post(workspace, found, body)
        except SlackError as error:
            self._sandbox.traffic.note("webhook", match["bot"], request=body, error=error.code)
            return web.Response(status=STATUS.get(error.code, BAD_REQUEST), text=error.code)
        self._sandbox.traffic.note("webhook", match["bot"], request=body, response="ok")
        return web.Response(text="ok")


async def _read(request: web.Request) -> dict[str, Any]:
    """The message, as the body or as the field ``payload`` of a form."""
    text = await request.text()
    if request.content_type == "application/x-www-form-urlencoded" and not text.startswith("{"):
        text = str((await request.post()).get("payload", ""))
    try:
        body = json.loads(text)
    except ValueError as error:
        raise SlackError("invalid_payload") from error
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body
