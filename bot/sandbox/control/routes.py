"""The control API: what people see and do, the clock, faults, traffic."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from bot.sandbox.admin import integrations
from bot.sandbox.control.stream import Noticed, serve
from bot.sandbox.core.clock import Clock
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.core.revisions import Change, Revisions
from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.network.faults import Fault, Faults
from bot.sandbox.network.traffic import Traffic
from bot.sandbox.people.act import act
from bot.sandbox.people.see import see
from bot.sandbox.state.workspace import Workspace

# The longest that a long-poll may wait, in seconds of real time.
LONGEST_WAIT = 60.0
DISCONNECT_REASONS = {"warning", "refresh_requested", "link_disabled"}


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a sandbox that the control API reads and changes.

    Attributes:
        workspace: returns the present workspace; a reset replaces it.
        reset: restores the initial workspace.
    """

    workspace: Callable[[], Workspace]
    clock: Clock
    revisions: Revisions
    traffic: Traffic
    faults: Faults
    courier: Courier
    sockets: Sockets
    reset: Callable[[], None]


class Control:
    """The handlers of `/control/…`."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def add_to(self, app: web.Application) -> None:
        """Add all routes; an extra slash after the control URL is accepted."""
        for root in ("/control", "/control/"):
            app.add_routes(
                [
                    web.get(f"{root}/see", self.see),
                    web.post(f"{root}/act", self.act),
                    web.get(f"{root}/stream", self.stream),
                    web.get(f"{root}/traffic", self.traffic),
                    web.get(f"{root}/faults", self.faults),
                    web.post(f"{root}/faults", self.add_fault),
                    web.delete(f"{root}/faults", self.clear_faults),
                    web.post(f"{root}/clock", self.clock),
                    web.post(f"{root}/integrations", self.integrate),
                    web.post(f"{root}/blocks", self.refuse_blocks),
                    web.post(f"{root}/reset", self.reset),
                    web.post(f"{root}/delivery", self.delivery),
                    web.post(f"{root}/disconnect", self.disconnect),
                ]
            )

    async def see(self, request: web.Request) -> web.Response:
        """Return what one person sees; with `after` and `wait`, as soon as that has changed."""
        query = request.query
        try:
            user = self._parts.workspace().user(query.get("user", ""))
            after, wait = int(query.get("after", -1)), float(query.get("wait", 0))
            limit = int(query["limit"]) if "limit" in query else None
            if after >= 0 and self._parts.revisions.seq <= after and wait > 0:
                await self._parts.revisions.wait(after, self._noticed(user.id), min(wait, LONGEST_WAIT))
            shown = see(
                self._parts.workspace(),
                user.id,
                query.get("channel") or None,
                query.get("thread") or None,
                limit=limit,
                before=query.get("before") or None,
            )
        except (ActionRefused, ValueError) as error:
            return _refused(error)
        return web.json_response(shown)

    async def act(self, request: web.Request) -> web.Response:
        """Perform an action of one person."""
        body = await _body(request)
        return web.json_response(await act(self._parts.workspace(), self._parts.courier, body))

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Send server-sent events: the changes for one person."""
        try:
            user = self._parts.workspace().user(request.query.get("user", ""))
        except ActionRefused as error:
            return _refused(error)
        return await serve(request, self._parts.revisions, self._noticed(user.id))

    async def traffic(self, request: web.Request) -> web.Response:
        """Return every call, envelope and ack."""
        try:
            since = int(request.query.get("since", 0))
        except ValueError as error:
            return _refused(error)
        return web.json_response({"ok": True, "traffic": self._parts.traffic.since(since)})

    async def faults(self, request: web.Request) -> web.Response:
        """List the faults that are on."""
        del request
        return web.json_response({"ok": True, "faults": self._parts.faults.to_json()})

    async def add_fault(self, request: web.Request) -> web.Response:
        """Switch a fault on."""
        try:
            self._parts.faults.add(Fault.from_json(await _body(request)))
        except ValueError as error:
            return _refused(error)
        return await self.faults(request)

    async def clear_faults(self, request: web.Request) -> web.Response:
        """Switch all faults off."""
        self._parts.faults.clear()
        return await self.faults(request)

    async def clock(self, request: web.Request) -> web.Response:
        """Stop the clock, start it, or move it forward."""
        body, clock = await _body(request), self._parts.clock
        try:
            match body.get("do"):
                case "stop":
                    clock.stop()
                case "run":
                    clock.run()
                case "advance":
                    await clock.advance(float(body.get("seconds", 0)))
                case other:
                    return _refused(ValueError(f"do is stop, run or advance, not {other!r}"))
        except ValueError as error:
            return _refused(error)
        return web.json_response({"ok": True, "now": clock.timestamp(), "running": clock.running})

    async def integrate(self, request: web.Request) -> web.Response:
        """Install another app with an incoming webhook."""
        body, workspace = await _body(request), self._parts.workspace()
        name = str(body.get("name") or "")
        try:
            if not name:
                return _refused(ValueError("an integration needs a name"))
            channel = workspace.channel(str(body.get("channel")))
        except ActionRefused as error:
            return _refused(error)
        icon, bot_user = str(body.get("icon") or ""), bool(body.get("bot_user"))
        made = integrations.install(workspace, channel, name, icon=icon, bot_user=bot_user)
        known = {"app_id": made.app_id, "bot_id": made.bot_id, "bot_user_id": made.bot_user}
        return web.json_response({"ok": True, "url": integrations.address(workspace, made), **known})

    async def reset(self, request: web.Request) -> web.Response:
        """Restore the initial workspace; tokens and the first ids stay the same."""
        del request
        self._parts.reset()
        return web.json_response({"ok": True, "seq": self._parts.revisions.seq})

    async def delivery(self, request: web.Request) -> web.Response:
        """Choose delivery by Socket Mode or to a Request URL."""
        body = await _body(request)
        courier = self._parts.courier
        if body.get("mode") == "socket":
            await courier.use_sockets()
        elif body.get("mode") == "http" and body.get("url"):
            if not await courier.use_request_url(str(body["url"]), self._parts.workspace().app):
                return _refused(ValueError("url_verification failed: the URL did not answer the challenge"))
        else:
            return _refused(ValueError("mode is socket, or http with a url"))
        return web.json_response({"ok": True})

    async def refuse_blocks(self, request: web.Request) -> web.Response:
        """Refuse these types of blocks and elements from now on, and no others."""
        types = (await _body(request)).get("refuse")
        if not isinstance(types, list) or not all(isinstance(each, str) for each in types):
            return _refused(ValueError("refuse is a list of types of blocks and elements"))
        self._parts.workspace().refused_blocks = frozenset(types)
        return web.json_response({"ok": True, "refused": sorted(set(types))})

    async def disconnect(self, request: web.Request) -> web.Response:
        """Ask the app's sockets to disconnect."""
        reason = (await _body(request)).get("reason", "refresh_requested")
        if reason not in DISCONNECT_REASONS:
            return _refused(ValueError(f"reason is one of {sorted(DISCONNECT_REASONS)}"))
        await self._parts.sockets.disconnect(reason)
        return web.json_response({"ok": True})

    def _noticed(self, user_id: str) -> Noticed:
        def noticed(change: Change) -> bool:
            return self._parts.workspace().may_notice(change, user_id)

        return noticed


async def _body(request: web.Request) -> dict[str, Any]:
    try:
        body = json.loads(await request.text() or "{}")
    except ValueError as error:
        raise web.HTTPBadRequest(text="the body is not JSON") from error
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="the body is not a JSON object")
    return body


def _refused(error: Exception) -> web.Response:
    return web.json_response({"ok": False, "error": str(error)}, status=400)
