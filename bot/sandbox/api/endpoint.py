"""The Web API's endpoint: token, limits, scopes, arguments, answer."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.api import arguments
from bot.sandbox.api.call import Call, need_scope
from bot.sandbox.api.catalogue import Method, methods
from bot.sandbox.api.handlers import HANDLERS
from bot.sandbox.api.limits import Limits
from bot.sandbox.core.errors import SlackError
from bot.sandbox.network import fault_effects
from bot.sandbox.network.faults import ON_CALLS, Fault, Faults
from bot.sandbox.network.traffic import Traffic
from bot.sandbox.state.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Answers `/api/<method>`.

    Attributes:
        workspace: returns the present workspace; a reset replaces it.
        limits: how often each method may be called; None for no limits.
        latency: the shortest time that a call takes, in seconds.
    """

    workspace: Callable[[], Workspace]
    traffic: Traffic
    faults: Faults
    limits: Limits | None
    latency: float = 0.0

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        name = request.match_info["method"]
        started = asyncio.get_running_loop().time()
        if self.latency:
            await asyncio.sleep(self.latency)
        fault = self.faults.hit(ON_CALLS, name)
        given: dict[str, Any] = {}
        try:
            given = await arguments.read(request)
            answer = await self._answer(request, name, given, fault)
        except SlackError as error:
            answer = web.json_response(error.to_answer())
        answer.headers["x-slack-req-id"] = self.workspace().ids.secret()
        if fault is not None:
            await fault_effects.after(request, fault)
        self._note(name, given, started, answer)
        return answer

    async def _answer(
        self, request: web.Request, name: str, given: dict[str, Any], fault: Fault | None
    ) -> web.Response:
        if fault is not None and (broken := fault_effects.before(request, fault)) is not None:
            return broken
        gone = fault is not None and fault.fault == "unknown_method"
        method = None if gone else methods().get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        self._authenticate(request, method, given)
        if (wait := self._limit(method, given)) is not None:
            return fault_effects.too_many(wait)
        if fault is not None and fault.fault == "missing_scope":
            _miss_scope(self.workspace(), method, fault)
        if method.token == "bot":  # noqa: S105 - a kind of token, not one
            need_scope(self.workspace(), method.scopes)
        call = Call(self.workspace(), method, arguments.check(method, given))
        answer = web.json_response({"ok": True, **HANDLERS[name](call)})
        answer.headers["x-oauth-scopes"] = ",".join(sorted(self.workspace().app.scopes))
        answer.headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
        return answer

    def _authenticate(self, request: web.Request, method: Method, given: dict[str, Any]) -> None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or str(
            given.pop("token", "")
        )
        app = self.workspace().app
        if method.name == "api.test":
            return
        if not token:
            raise SlackError("not_authed")
        if token not in {app.bot_token, app.app_token}:
            raise SlackError("invalid_auth")
        expected = app.bot_token if method.token == "bot" else app.app_token  # noqa: S105 - as above
        if token != expected and method.name != "auth.test":
            raise SlackError("not_allowed_token_type")

    def _limit(self, method: Method, given: dict[str, Any]) -> int | None:
        return None if self.limits is None else self.limits.admit(method, str(given.get("channel")))

    def _note(self, name: str, given: dict[str, Any], started: float, answer: web.Response) -> None:
        ms = (asyncio.get_running_loop().time() - started) * 1000
        request = {key: value for key, value in given.items() if key != "token"}
        body = json.loads(answer.text or "{}") if answer.content_type == "application/json" else {}
        error = body.get("error") if body else f"http_{answer.status}"
        self.traffic.note("call", name, request=request, response=body or None, error=error, ms=ms)


def _miss_scope(workspace: Workspace, method: Method, fault: Fault) -> None:
    gone = {fault.scope} if fault.scope else set(method.scopes)
    if missed := gone.intersection(method.scopes):
        provided = ",".join(sorted(workspace.app.scopes - gone))
        raise SlackError("missing_scope", needed=",".join(sorted(missed)), provided=provided)
