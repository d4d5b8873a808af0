"""Everything that Slack sends comes through here, whichever way: it is looked at, and given to Bolt once."""

import structlog
from slack_bolt.async_app import AsyncApp, AsyncBoltContext, AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.core.metrics import Metrics
from bot.slack import acks, shapes
from bot.slack.acceptance import Identity
from bot.slack.addresses import Addresses
from bot.slack.arrivals import Arrivals
from bot.slack.connection import USUAL, Patience
from bot.slack.once import Once

BAD = 400
UNREADABLE = (
    TypeError,
    AttributeError,
    LookupError,
    ValueError,
    RecursionError,
)  # what an odd payload raises
NOT_OURS = "This app does not belong to your workspace: nothing was changed."

log = structlog.get_logger(__name__)


class Reception:
    """What is Slack's and makes sense gets to Bolt's listeners.

    Args:
        app: has the listeners.
        metrics: times acks, and counts what nobody listens for.
        me: the installation; what is for another one is refused.
        addresses: where answers may go.
        patience: how long Slack waits for an ack.
    """

    def __init__(
        self, app: AsyncApp, metrics: Metrics, me: Identity, addresses: Addresses, patience: Patience = USUAL
    ) -> None:
        self._app = app
        self._metrics = metrics
        self._arrivals = Arrivals(metrics, patience.ack)
        self._me = me
        self._addresses = addresses
        self._once = Once()

    async def answer(self, kind: str, delivery: str, body: object) -> BoltResponse:
        """The ack: 400 where the body makes no sense, 500 where it is to be sent again.

        Args:
            kind: as Socket Mode calls it.
            delivery: this delivery's id, by which log lines find together until the act's own is known.
            body: the payload, as it was parsed.
        """
        async with self._arrivals.one(kind, delivery):
            if isinstance(body, dict) and shapes.kind(body) and not shapes.is_known(body):
                return acks.unheard(body, self._metrics)
            request = _read(body)
            if request is None:
                log.warning("slack.odd_payload", kind=kind)
                return BoltResponse(status=BAD)
            if shapes.kind(request.body) not in shapes.CHECKS and not is_ours(request.context, self._me):
                log.warning("slack.foreign_team", kind=shapes.kind(request.body))
                return acks.refusal(request.body, NOT_OURS) or BoltResponse(status=200)
            self._strike_addresses(request)
            if shapes.kind(request.body) == "event_callback":
                delivery = f"event:{request.body['event_id']}"  # the same where Slack sends it once more
            return await self._once.answer(delivery, lambda: self._dispatched(request))

    async def over(self, within: float) -> None:
        """Wait until everything that has come is acked, but no longer than so many seconds."""
        await self._arrivals.over(within)

    async def _dispatched(self, request: AsyncBoltRequest) -> BoltResponse:
        """What listeners raise ends in the app's error handler; what is raised here Bolt stumbles over before it."""
        try:
            return await self._app.async_dispatch(request)
        except UNREADABLE as error:
            log.warning("slack.odd_payload", kind=shapes.kind(request.body), error=type(error).__name__)
            return BoltResponse(status=BAD)

    def _strike_addresses(self, request: AsyncBoltRequest) -> None:
        """Take out where it wants its answer, unless that is Slack's: nobody else is ever called."""
        wanted = request.context.get("response_url")
        if wanted is not None and wanted not in self._addresses:
            log.warning(
                "slack.foreign_response_url", hint="it is neither Slack's nor of SLACK_API_URL's server"
            )
            request.context["response_url"] = None
            request.body.pop("response_url", None)
            request.body.pop("response_urls", None)


def is_ours(context: AsyncBoltContext, me: Identity) -> bool:
    """Whether it is for this installation: a workspace's, or the organisation's where that has installed the app.

    Bolt reads which one it is for; in a channel shared with others, who acts may belong to another.
    """
    if context.team_id == me.team_id:
        return True
    return bool(
        context.is_enterprise_install and me.enterprise_id and context.enterprise_id == me.enterprise_id
    )


def _read(body: object) -> AsyncBoltRequest | None:
    """The request; None where the body is not what Slack sends."""
    if not isinstance(body, dict) or not shapes.is_whole(body):
        return None
    try:
        return AsyncBoltRequest(mode="socket_mode", body=body)  # parsed already, and in HTTP verified as well
    except UNREADABLE:  # Bolt reads ids from whatever is there
        return None
