"""Slack's failures as data: what to try again, what never works, and what may have worked despite the error."""

import asyncio
import math
from collections.abc import Mapping
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.ports.port import Dead, Retry

# Slack docs, "Web API", common errors: these end by themselves.
PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "org_login_required",
        "external_channel_migrating",
        "update_failed",
        "canvas_editing_locked",
    }
)

LONGEST_WAIT = 3600.0  # seconds; Slack asks for a minute at most

REFUSED = 400
TOO_MANY = 429
SERVER_ERROR = 500

# What code may raise that reads an answer of the wrong shape: a list, a text, an incomplete object.
MISREAD = (LookupError, TypeError, AttributeError)

NETWORK_ERRORS = (aiohttp.ClientError, asyncio.TimeoutError, OSError)


class UnexpectedAnswerError(Exception):
    """The answer says that the call worked, but lacks what the method promises."""


def text_at(answer: AsyncSlackResponse, *path: str) -> str:
    """The text in an answer under this key.

    Raises:
        UnexpectedAnswerError: there is nothing, or something that is not text.
    """
    found: object = answer.data
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    if not isinstance(found, str) or not found:
        raise UnexpectedAnswerError
    return found


def code(error: SlackApiError) -> str:
    """Slack's error code, or the HTTP status if there is none."""
    response = error.response
    data = getattr(response, "data", None)
    slack_code = data.get("error") if isinstance(data, dict) else None
    return str(slack_code or f"http_{status(error)}")


def reason(error: Exception) -> str:
    """Why a call failed, in one word, for logs; never anything that a person typed."""
    return code(error) if isinstance(error, SlackApiError) else type(error).__name__


def status(error: SlackApiError) -> int:
    """The HTTP status."""
    return int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))


def is_not_slacks(error: SlackApiError) -> bool:
    """Whether something other than Slack's API answered: there is a status, but no error code of Slack."""
    return code(error).startswith("http_")


def describe(error: SlackApiError) -> str:
    """Slack's error code; if something else answered, the request and the status."""
    if not is_not_slacks(error):
        return code(error)
    response = error.response  # the client's response, or aiohttp's if the body could not be read
    verb = getattr(response, "http_verb", "") or getattr(response, "method", "")
    url = str(getattr(response, "api_url", "") or getattr(response, "url", "")).partition("?")[0]
    return f"{verb} {url} was answered with HTTP {status(error)}"


def from_slack(error: SlackApiError) -> Retry | Dead:
    """The result of a call that was answered with an error."""
    if status(error) == TOO_MANY or code(error) in {"ratelimited", "rate_limited"}:
        return Retry("ratelimited", after=retry_after(getattr(error.response, "headers", {})))
    if status(error) >= SERVER_ERROR or code(error) in PASSING:
        return Retry(code(error), doubt=True)  # it may have failed before or after it took effect
    if is_not_slacks(error) and status(error) < REFUSED:
        # Not an answer of Slack: a proxy's page, or an incomplete answer.
        return Retry(code(error), doubt=True, unexpected=True)
    return Dead(code(error))


def from_network(error: Exception) -> Retry:
    """The result of a call without an answer. Only if there was no connection is it certain that nothing happened."""
    reached = not isinstance(error, aiohttp.ClientConnectorError)
    return Retry(type(error).__name__, doubt=reached)


def retry_after(headers: Mapping[str, str]) -> timedelta | None:
    """How long Slack asks us to wait; None if the header is missing or invalid.

    Slack sends whole seconds. A proxy may send fractions, a date or nonsense; then the outbox uses its own pauses.
    """
    try:
        seconds = float(headers.get("Retry-After", ""))
    except ValueError:
        return None
    if not 0 <= seconds < math.inf:  # also rejects nan
        return None
    return timedelta(seconds=math.ceil(min(seconds, LONGEST_WAIT)))
