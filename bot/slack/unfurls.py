"""Bolt's listeners for links to incidents: the preview below a message, and the pane with the details.

Slack asks about links only to domains of the app's manifest, and never about links to Slack itself. While a message is
still being written there is no preview: Slack does not say then in which channel it will be (Slack docs, "Unfurling
links in messages").
"""

from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt.async_app import AsyncApp

from bot.core.clock import Clock
from bot.incident.commands.request import Request
from bot.incident.dispatch.unfurls import Unfurls
from bot.incident.domain.policy import Policy
from bot.ports.port import Dead, Perform, Retry
from bot.ports.slack.calls import PresentDetails, ShowPreviews
from bot.slack import payloads
from bot.slack.background import Background

COMPOSER = "COMPOSER"

log = structlog.get_logger(__name__)


def listen(
    app: AsyncApp, unfurls: Unfurls, perform: Perform, policy: Callable[[], Policy], now: Clock
) -> None:
    """Register the listeners.

    Args:
        app: Bolt.
        unfurls: decides about previews.
        perform: shows them.
        policy: returns the policy that counts now, which knows the addresses of incidents.
        now: the clock for people's acts.
    """
    background = Background()

    @app.event("link_shared")
    async def shared(body: dict[str, Any]) -> None:
        """Show the previews after the ack, before which Slack may refuse them (Slack docs, chat.unfurl)."""
        event = body["event"]
        if policy().link and event.get("channel") not in (None, "", COMPOSER):
            addresses = [each["url"] for each in event["links"]]
            request = payloads.from_event(body, now(), policy())
            is_shared = bool(body.get("is_ext_shared_channel"))
            background.start(show(request, event["message_ts"], addresses, is_shared=is_shared))

    async def show(request: Request, ts: str, addresses: list[str], *, is_shared: bool) -> None:
        found = await unfurls.previews(request, addresses, is_shared=is_shared)
        if not found:
            return
        call = ShowPreviews(
            request.channel,
            ts,
            {address: each.blocks for address, each in found.items()},
            [each.entity for each in found.values()],
        )
        result = await perform(call, False)  # noqa: FBT003  # `Perform`'s shape
        if isinstance(result, (Dead, Retry)):
            log.warning("slack.not_unfurled", error=result.reason)

    @app.event("entity_details_requested")
    async def opened(body: dict[str, Any]) -> None:
        """Fill the pane before the ack: its trigger lives three seconds."""
        event = body["event"]
        named = str((event.get("external_ref") or {}).get("id", ""))
        entity = await unfurls.details(payloads.from_event(body, now(), policy()), named)
        result = await perform(PresentDetails(event["trigger_id"], entity), False)  # noqa: FBT003  # as above
        if isinstance(result, (Dead, Retry)):
            log.warning("slack.details_not_shown", error=result.reason)
