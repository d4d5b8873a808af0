"""Everything that Slack sends passes here, over HTTP or sockets. It is checked, and given to Bolt once."""

from collections.abc import Callable

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.core.metrics import Metrics
from bot.slack import acks, shapes
from bot.slack.addresses import Addresses
from bot.slack.connection import DEFAULT_TIMEOUTS, Timeouts
from bot.slack.deduplication import Deduplicator
from bot.slack.in_flight import InFlight
from bot.slack.marks import Marks
from bot.slack.setup_check import Identity

BAD = 400


def usual_marks() -> Marks:
    """A pushpin."""
    return Marks(("pushpin",))


UNREADABLE = (
    TypeError,
    AttributeError,
    LookupError,
    ValueError,
    RecursionError,
)  # what an invalid payload may raise
NOT_OURS = "This app does not belong to your workspace: nothing was changed."

log = structlog.get_logger(__name__)


class Receiver:
    """Passes valid deliveries for this installation to Bolt's listeners.

    Args:
        app: the Bolt app with the listeners.
        metrics: times acks, and counts what has no listener.
        me: the installation; deliveries for another one are refused.
        addresses: the servers that may be answered.
        timeouts: how long Slack waits for an ack.
        marks: returns what tells, now, which events say nothing to us.
    """

    def __init__(
        self,
        app: AsyncApp,
        metrics: Metrics,
        me: Identity,
        addresses: Addresses,
        timeouts: Timeouts = DEFAULT_TIMEOUTS,
        *,
        marks: Callable[[], Marks] = usual_marks,
    ) -> None:
        self._marks = marks
        self._app = app
        self._metrics = metrics
        self._in_flight = InFlight(metrics, timeouts.ack)
        self._me = me
        self._addresses = addresses
        self._deduplicator = Deduplicator()

    async def answer(self, kind: str, delivery: str, body: object) -> BoltResponse:
        """The ack: 400 if the body is invalid, 500 if Slack should send it again.

        Args:
            kind: its name in Socket Mode.
            delivery: this delivery's id, used in log lines until the act's own id is known.
            body: the parsed payload.
        """
        async with self._in_flight.track(kind, delivery):
            if isinstance(body, dict) and shapes.kind(body) and not shapes.is_known(body):
                return acks.unheard(body, self._metrics)
            request = _read(body)
            if request is None:
                log.warning("slack.odd_payload", kind=kind)
                return BoltResponse(status=BAD)
            if shapes.kind(request.body) not in shapes.CHECKS and not is_ours(request.context, self._me):
                log.warning("slack.foreign_team", kind=shapes.kind(request.body))
                return acks.refusal(request.body, NOT_OURS) or BoltResponse(status=200)
            self._remove_foreign_addresses(request)
            if shapes.kind(request.body) == "event_callback":
                if self._marks().is_noise(request.body["event"]):
                    # These are by far the most frequent. Bolt would need twice as much processor time for the same
                    # ack, because it asks its middleware and its listeners in order.
                    return BoltResponse(status=200)
                delivery = f"event:{request.body['event_id']}"  # the same if Slack sends it again
            return await self._deduplicator.answer(delivery, lambda: self._dispatched(request))

    async def drain(self, within: float) -> None:
        """Wait until everything that has arrived is acked, at most `within` seconds."""
        await self._in_flight.drain(within)

    async def _dispatched(self, request: AsyncBoltRequest) -> BoltResponse:
        """Let Bolt answer. Errors of listeners go to the app's error handler; errors of Bolt itself are handled here."""
        try:
            return await self._app.async_dispatch(request)
        except UNREADABLE as error:
            log.warning("slack.odd_payload", kind=shapes.kind(request.body), error=type(error).__name__)
            return BoltResponse(status=BAD)

    def _remove_foreign_addresses(self, request: AsyncBoltRequest) -> None:
        """Remove a response URL that is not Slack's, so that no other server is ever called."""
        wanted = request.context.get("response_url")
        if wanted is not None and wanted not in self._addresses:
            log.warning(
                "slack.foreign_response_url", hint="it is neither Slack's nor on SLACK_API_URL's server"
            )
            request.context["response_url"] = None
            request.body.pop("response_url", None)
            request.body.pop("response_urls", None)


def is_ours(context: AsyncBoltContext, me: Identity) -> bool:
    """Whether a delivery is for this installation: our workspace's, or our organisation's if that installed the app.

    Bolt reads the installation. In a shared channel, the person who acts may belong to another workspace.
    """
    if context.team_id == me.team_id:
        return True
    return bool(
        context.is_enterprise_install and me.enterprise_id and context.enterprise_id == me.enterprise_id
    )


def _read(body: object) -> AsyncBoltRequest | None:
    """The request; None if the body is invalid."""
    if not isinstance(body, dict) or not shapes.is_whole(body):
        return None
    try:
        return AsyncBoltRequest(
            mode="socket_mode", body=body
        )  # already parsed, and verified if it came over HTTP
    except UNREADABLE:  # Bolt reads ids without checking their types
        return None
