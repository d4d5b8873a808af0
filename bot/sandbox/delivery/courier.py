"""The courier: delivers events and interactions to the app, and retries events."""

import asyncio
from typing import Any

from bot.sandbox.core.clock import Clock
from bot.sandbox.core.errors import ActionRefused
from bot.sandbox.core.ids import Ids
from bot.sandbox.delivery.budget import Budget
from bot.sandbox.delivery.envelope import ACK_SECONDS, Envelope, NotAcked, Transport
from bot.sandbox.delivery.http import RequestUrl
from bot.sandbox.delivery.sockets import Sockets
from bot.sandbox.network.faults import Faults
from bot.sandbox.network.traffic import Traffic
from bot.sandbox.state.app import App

# Slack docs, Events API: an event that was not acknowledged is sent again at once, after one minute and after five
# minutes; then never.
RETRY_DELAYS = (0.0, 60.0, 300.0)
# How long a moved clock waits for open acks, in real time.
SETTLE_SECONDS = 0.25
MOMENT_SECONDS = 0.005
# How long `reorder_events` holds an event back if no other event comes, in real time.
HOLD_SECONDS = 0.5
# The error for a person when a command or an interaction fails, by `NotAcked.reason`.
TOLD = {
    "no_connection": "the app is not connected",
    "connection_failed": "the app is not connected",
    "http_error": "the app answered with an error",
}


class Courier:
    """Delivers to the app by Socket Mode, or to its Request URL.

    Attributes:
        budget: the limit of events per hour.
        ack_seconds: how long people wait for an ack.
    """

    def __init__(self, clock: Clock, ids: Ids, traffic: Traffic, faults: Faults, sockets: Sockets) -> None:
        self._clock = clock
        self._ids = ids
        self._traffic = traffic
        self._faults = faults
        self._sockets = sockets
        self._request_url: RequestUrl | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._waited_for: set[asyncio.Task[None]] = set()
        self._held: list[dict[str, Any]] = []
        self.budget = Budget()
        self.ack_seconds = ACK_SECONDS

    @property
    def _transport(self) -> Transport:
        return self._request_url or self._sockets

    async def ask(self, kind: str, payload: dict[str, Any]) -> dict[str, Any]:
        """Deliver a command or an interaction and wait for the app's answer.

        Raises:
            ActionRefused: the app did not answer; the text is Slack's message to the person.
        """
        try:
            envelope = Envelope(self._ids.uuid(), kind, payload, ack_seconds=self.ack_seconds)
            return await self._transport.send(envelope)
        except NotAcked as failure:
            told = TOLD.get(failure.reason, "the app did not respond in time")
            raise ActionRefused(f"dispatch_failed: {told}") from failure

    def send_event(self, payload: dict[str, Any]) -> None:
        """Deliver an event, with retries."""
        if not self.budget.admit(self._clock.timestamp()):
            self._tell_of_limit(payload)
            return
        if self._faults.hit(frozenset({"reorder_events"})):
            self._held.append(payload)
            asyncio.get_running_loop().call_later(HOLD_SECONDS, self._release)
            return
        self._start(payload)
        if self._faults.hit(frozenset({"duplicate_events"})):
            self._start(payload)
        self._release()

    async def use_request_url(self, url: str, app: App) -> bool:
        """Deliver over HTTP from now on; False if the URL did not answer the challenge."""
        request_url = RequestUrl(self._clock, self._traffic, url, app.signing_secret)
        if not await request_url.verify(app.verification_token, self._ids.secret()):
            await request_url.close()
            return False
        await self.use_sockets()
        self._request_url = request_url
        return True

    async def use_sockets(self) -> None:
        """Deliver by Socket Mode from now on."""
        if self._request_url is not None:
            await self._request_url.close()
            self._request_url = None

    async def settle(self) -> None:
        """Wait a moment, in real time, until open events are acknowledged.

        There is a long wait for each event only once, so that an app that acknowledges nothing does not delay the
        clock at every step. Later waits are short, just enough for events to notice that their time is over.
        """
        under_way = set(self._tasks)
        if under_way:
            patience = SETTLE_SECONDS if under_way - self._waited_for else MOMENT_SECONDS
            await asyncio.wait(under_way, timeout=patience)
        self._waited_for = under_way & self._tasks

    async def close(self) -> None:
        """Cancel all open deliveries."""
        self.forget()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.use_sockets()

    def forget(self) -> None:
        """Drop the events that are open or held back."""
        self._held.clear()
        for task in self._tasks:
            task.cancel()

    def _release(self) -> None:
        while self._held:
            self._start(self._held.pop(0))

    def _start(self, payload: dict[str, Any], attempt: int = 0, reason: str = "") -> None:
        envelope = Envelope(self._ids.uuid(), "events_api", payload, attempt, reason)
        task = asyncio.create_task(self._try(envelope))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _try(self, envelope: Envelope) -> None:
        try:
            await self._transport.send(envelope)
        except NotAcked as failure:
            if not failure.final:
                self._plan_retry(envelope, failure.reason)

    def _plan_retry(self, failed: Envelope, reason: str) -> None:
        if failed.retry_attempt == len(RETRY_DELAYS):
            return

        def again() -> None:
            self._start(failed.payload, failed.retry_attempt + 1, reason)

        delay = RETRY_DELAYS[failed.retry_attempt]
        if delay:
            self._clock.call_later(delay, again)
        else:
            again()

    def _tell_of_limit(self, payload: dict[str, Any]) -> None:
        minute = self.budget.minute_to_tell(self._clock.timestamp())
        if minute is not None:
            told = {key: payload[key] for key in ("token", "team_id", "api_app_id")}
            self._start({**told, "type": "app_rate_limited", "minute_rate_limited": minute})
