"""Signed HTTP: Slack calls us. `bot.web.gate` has verified the signature of everything that arrives here."""

import json
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from slack_bolt.response import BoltResponse

from bot.core.route import HttpHandler, HttpRequest, HttpResponse
from bot.slack.receiver import Receiver

JSON = "application/json"
FIELDS_MAX = 100  # of a form; a command has about twenty


def events(receiver: Receiver) -> HttpHandler:
    """The handler of commands, clicks and events."""

    async def handle(request: HttpRequest) -> HttpResponse:
        try:
            body = _parsed(request.body, request.content_type)
        except (ValueError, RecursionError):  # not JSON, not a form, not UTF-8, or nested too deeply
            body = None
        return _sent(await receiver.answer(_kind(body), secrets.token_hex(8), body))

    return handle


def _parsed(raw: bytes, content_type: str) -> Any:
    """The payload: a command's fields, or the JSON of everything else.

    Raises:
        ValueError: it is not a payload.
        RecursionError: it is nested deeper than anything that Slack sends.
    """
    text = raw.decode()  # the header's charset is ignored: Slack sends UTF-8
    if content_type == JSON:
        return json.loads(text)
    form = dict(parse_qsl(text, keep_blank_values=True, max_num_fields=FIELDS_MAX))
    return json.loads(form["payload"]) if "payload" in form else form


def _kind(body: object) -> str:
    """Its name in Socket Mode, so that the metrics are the same for both."""
    if not isinstance(body, Mapping):
        return ""
    if "command" in body:
        return "slash_commands"
    return "events_api" if "event" in body else "interactive"


def _sent(response: BoltResponse) -> HttpResponse:
    content_type = response.first_headers()["content-type"].partition(";")[0]
    return HttpResponse(response.status, response.body, content_type)
