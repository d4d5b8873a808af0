"""The sandbox: one server that runs a whole small Slack."""

from collections.abc import Mapping
from typing import Any, Self

from aiohttp import web

from bot.sandbox import page, seed
from bot.sandbox.api.endpoint import Endpoint
from bot.sandbox.api.limits import Limits
from bot.sandbox.control.routes import Control, Parts
from bot.sandbox.core.clock import Clock
from bot.sandbox.core.ids import Ids
from bot.sandbox.core.revisions import Revisions
from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.envelope import ACK_SECONDS
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.network.faults import Faults
from bot.sandbox.network.traffic import Traffic
from bot.sandbox.people.act import act
from bot.sandbox.people.see import see
from bot.sandbox.routes.files import LARGEST, FileRoutes
from bot.sandbox.routes.response_urls import ResponseUrlRoutes
from bot.sandbox.routes.same_origin import same_origin
from bot.sandbox.routes.webhooks import WebhookRoutes
from bot.sandbox.seed.furnish import furnish
from bot.sandbox.state.workspace import Server, Workspace

HOST = "127.0.0.1"


class Sandbox:
    """A running sandbox; create one with `start`.

    Attributes:
        clock: the workspace's clock, which can be stopped and moved.
        workspace: everything that Slack would store.
        traffic: every call, envelope and ack.
        faults: the faults to inject.
    """

    def __init__(
        self,
        manifest: Mapping[str, Any],
        contents: Mapping[str, Any] | None,
        *,
        rate_limits: bool,
        latency: float,
        ack_seconds: float,
    ) -> None:
        self._manifest = manifest
        self._contents = seed.check(contents)
        self._generation = 0
        self._port = 0
        self._runner: web.AppRunner | None = None
        self.clock = Clock()
        self.revisions = Revisions()
        wire_ids = Ids(seed=2)
        self.traffic = Traffic(self.clock)
        self.faults = Faults(self.clock, wire_ids)
        self.sockets = Sockets(self.clock, wire_ids, self.traffic, self.faults)
        self.courier = Courier(self.clock, wire_ids, self.traffic, self.faults, self.sockets)
        self.courier.ack_seconds = ack_seconds
        self._server = Server("", self.courier.send_event, self._socket_url)
        self.workspace = self._new_workspace()
        self._limits = Limits(self.clock) if rate_limits else None
        self._latency = latency
        self.clock.settle = self.courier.settle
        self.clock.on_change = lambda: self.revisions.bump("clock")

    @classmethod
    async def start(
        cls,
        port: int = 0,
        *,
        manifest: Mapping[str, Any],
        workspace: Mapping[str, Any] | None = None,
        rate_limits: bool = True,
        latency: float = 0.0,
        ack_seconds: float = ACK_SECONDS,
    ) -> Self:
        """Start a sandbox on 127.0.0.1.

        Args:
            port: the port; 0 takes a free one.
            manifest: the app's manifest, parsed.
            workspace: the initial workspace, in the shape of `seed.Contents`; parts may be left out.
            rate_limits: whether calls are limited as Slack limits them.
            latency: the shortest time that a call takes, in seconds.
            ack_seconds: how long people wait for the app; in Slack three seconds.
        """
        sandbox = cls(manifest, workspace, rate_limits=rate_limits, latency=latency, ack_seconds=ack_seconds)
        await sandbox._listen(port)
        return sandbox

    async def stop(self) -> None:
        """Close every connection and stop listening."""
        self.clock.close()
        self.revisions.close()
        await self.courier.close()
        await self.sockets.close()
        if self._runner is not None:
            await self._runner.cleanup()

    def reset(self) -> None:
        """Restore the initial workspace; tokens, the first ids and the app's sockets stay."""
        self._generation += 1
        self.clock.close()
        self.courier.forget()
        self.faults.clear()
        self.traffic.clear()
        self.workspace = self._new_workspace()
        if self._limits is not None:
            self._limits.clear()
        self.revisions.bump("channels")

    def see(
        self,
        user_id: str,
        channel: str | None = None,
        thread: str | None = None,
        *,
        limit: int | None = None,
        before: str | None = None,
    ) -> dict[str, Any]:
        """What a user sees; the JSON of `GET /control/see`."""
        return see(self.workspace, user_id, channel, thread, limit=limit, before=before)

    async def act(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """Perform a person's action; the JSON of `POST /control/act`."""
        return await act(self.workspace, self.courier, body)

    @property
    def base_url(self) -> str:
        """The Web API's address, for a client's `base_url`."""
        return f"{self.page_url}api/"

    @property
    def control_url(self) -> str:
        """The control API's address."""
        return f"{self.page_url}control/"

    @property
    def page_url(self) -> str:
        """The page's address."""
        return f"http://{HOST}:{self._port}/"

    @property
    def bot_token(self) -> str:
        """The token for every method but apps.connections.open."""
        return self.workspace.app.bot_token

    @property
    def app_token(self) -> str:
        """The token for apps.connections.open."""
        return self.workspace.app.app_token

    @property
    def signing_secret(self) -> str:
        """The secret that signs HTTP deliveries."""
        return self.workspace.app.signing_secret

    @property
    def bot_user_id(self) -> str:
        """The app's bot user."""
        return self.workspace.app.bot_user_id

    @property
    def users(self) -> dict[str, str]:
        """User ids by name, people only."""
        return {user.name: user.id for user in self.workspace.users.values() if not user.is_bot}

    @property
    def channels(self) -> dict[str, str]:
        """Channel ids by name."""
        return {c.name: c.id for c in self.workspace.channels.values() if not c.is_direct}

    def describe(self) -> dict[str, Any]:
        """Everything that an app and its tests need to use this sandbox, as JSON."""
        return {
            "base_url": self.base_url,
            "control_url": self.control_url,
            "bot_token": self.bot_token,
            "app_token": self.app_token,
            "signing_secret": self.signing_secret,
            "bot_user_id": self.bot_user_id,
            "users": self.users,
            "channels": self.channels,
        }

    async def _listen(self, port: int) -> None:
        app = web.Application(client_max_size=LARGEST, middlewares=[same_origin])
        endpoint = Endpoint(self._present, self.traffic, self.faults, self._limits, self._latency)
        app.router.add_route("*", "/api/{method}", endpoint.handle)
        app.router.add_get("/link/", self._link)
        Control(self._parts()).add_to(app)
        FileRoutes(self._present, self.traffic, self.faults).add_to(app)
        ResponseUrlRoutes(self._present, self.traffic, self.faults).add_to(app)
        WebhookRoutes(self._present, self.traffic).add_to(app)
        page.mount(app, self)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        self._port = int(self._runner.addresses[0][1])
        self._server.root_url = self.page_url.rstrip("/")

    def _present(self) -> Workspace:
        return self.workspace

    def _parts(self) -> Parts:
        return Parts(
            workspace=self._present,
            clock=self.clock,
            revisions=self.revisions,
            traffic=self.traffic,
            faults=self.faults,
            courier=self.courier,
            sockets=self.sockets,
            reset=self.reset,
        )

    async def _link(self, request: web.Request) -> web.StreamResponse:
        return await self.sockets.serve(request, self.workspace.app.id)

    def _socket_url(self) -> str:
        return f"ws://{HOST}:{self._port}/link/?ticket={self.sockets.ticket()}&app_id={self.workspace.app.id}"

    def _new_workspace(self) -> Workspace:
        team = self._contents.team
        workspace = Workspace(
            self._manifest, self.clock, self.revisions, self._server, name=team.name, domain=team.domain
        )
        furnish(workspace, self._contents)
        # The first ids and the tokens are the same after every reset; later ids are new each time.
        workspace.ids.reseed(self._generation)
        return workspace
