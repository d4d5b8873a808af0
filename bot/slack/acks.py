"""Acks that carry a message to the person, for when nothing else can."""

from typing import Any

import structlog
from slack_bolt.response import BoltResponse

from bot.core.blocks import Message, View
from bot.core.metrics import Metrics
from bot.core.newer import plain_form
from bot.incident.views import modals, replies
from bot.slack import payloads, shapes

UNHEARD = "I do not know this command. `/incident help` shows what I can do."

log = structlog.get_logger(__name__)


def refusal(body: dict[str, Any], text: str, field: str = "") -> BoltResponse | None:
    """An ack that says why an act was refused; None if an ack of its kind cannot carry a message.

    A form keeps what was typed and shows the message at this field, or at its first field. A form without fields is
    replaced.
    """
    if body.get("type") == "view_submission":
        field = field or payloads.first_field(body.get("view") or {})
        if field:
            return BoltResponse(status=200, body={"response_action": "errors", "errors": {field: text}})
        view = modals.notice(replies.refusal(text).text)
        return BoltResponse(status=200, body={"response_action": "update", "view": view})
    if "command" in body:
        return BoltResponse(status=200, body=ephemeral(replies.refusal(text)))
    return None


def unheard(body: dict[str, Any], metrics: Metrics) -> BoltResponse:
    """The ack of something without a listener, so that Slack does not send it again. It does no harm."""
    log.debug("slack.unheard", kind=shapes.kind(body))
    metrics.unheard()
    return refusal(body, UNHEARD) or BoltResponse(status=200)


def ephemeral(message: Message) -> dict[str, Any]:
    """An answer that only the person sees, in its plain form: Slack does not tell if it refuses an ack."""
    return {"text": str(message.text), "blocks": plain_form(message.blocks), "response_type": "ephemeral"}


def plain_view(view: View) -> View:
    """A view for an ack, likewise."""
    return view | {"blocks": plain_form(view["blocks"])}
