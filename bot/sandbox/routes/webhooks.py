"""`/services/…`: what other programs post to incoming webhooks."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import webhooks
from bot.sandbox.network.traffic import Traffic
from bot.sandbox.state.workspace import Workspace

# Slack answers an incoming webhook in plain text, with a status for each error.
STATUS = {"no_service": 404, "channel_is_archived": 410}
BAD_REQUEST = 400


@dataclass(frozen=True, slots=True)
class WebhookRoutes:
    """The handler of incoming webhooks.

    Attributes:
        workspace: returns the present workspace; a reset replaces it.
    """

    workspace: Callable[[], Workspace]
    traffic: Traffic

    def add_to(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_post("/services/{team}/{bot}/{secret}", self.post)

    async def post(self, request: web.Request) -> web.Response:
        """Post a message into the webhook's channel."""
        workspace, match = self.workspace(), request.match_info
        body: dict[str, Any] = {}
        try:
            found = webhooks.at(workspace, match["team"], match["bot"], match["secret"])
            body = await _read(request)
            webhooks.post(workspace, found, body)
        except SlackError as error:
            self.traffic.note("webhook", match["bot"], request=body, error=error.code)
            return web.Response(status=STATUS.get(error.code, BAD_REQUEST), text=error.code)
        self.traffic.note("webhook", match["bot"], request=body, response="ok")
        return web.Response(text="ok")


async def _read(request: web.Request) -> dict[str, Any]:
    """The message, from the body or from the field `payload` of a form."""
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
