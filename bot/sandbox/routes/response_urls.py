"""`/response/…`: what apps post to response URLs."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.core.errors import SlackError
from bot.sandbox.messages import responses
from bot.sandbox.network import fault_effects
from bot.sandbox.network.faults import Faults
from bot.sandbox.network.traffic import Traffic
from bot.sandbox.state.workspace import Workspace

# The errors of an invalid response URL, unlike those of an invalid answer.
GONE = {"invalid_url", "expired_url", "used_url"}


@dataclass(frozen=True, slots=True)
class ResponseUrlRoutes:
    """The handler of response URLs.

    Attributes:
        workspace: returns the present workspace; a reset replaces it.
    """

    workspace: Callable[[], Workspace]
    traffic: Traffic
    faults: Faults

    def add_to(self, app: web.Application) -> None:
        """Add the route."""
        app.router.add_post("/response/{team}/{key}", self.respond)

    async def respond(self, request: web.Request) -> web.Response:
        """Apply the app's answer, if the URL is still valid and no fault applies."""
        return await fault_effects.with_faults(self.faults, "response_url", request, self._respond)

    async def _respond(self, request: web.Request) -> web.Response:
        workspace = self.workspace()
        key = f"{request.match_info['team']}/{request.match_info['key']}"
        body: dict[str, Any] = {}
        try:
            url = workspace.response_urls.check(key)
            body = _read(await request.text())
            responses.use(workspace, url, body)
        except SlackError as error:
            self.traffic.note("response", "response_url", request=body, error=error.code)
            return web.json_response(error.to_answer(), status=404 if error.code in GONE else 400)
        self.traffic.note("response", "response_url", request=body, response="ok")
        return web.Response(text="ok")


def _read(text: str) -> dict[str, Any]:
    try:
        body = json.loads(text)
    except ValueError as error:
        raise SlackError("invalid_payload") from error
    if not isinstance(body, dict):
        raise SlackError("invalid_payload")
    return body
