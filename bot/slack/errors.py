"""Slack's failures as data: what to try again, what never works, what may have worked all the same."""

import asyncio
from datetime import timedelta

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.application.calls import Dead, Retry

# Slack docs, "Web API", common errors: these pass by themselves.
PASSING = frozenset(
    {
        "fatal_error",
        "internal_error",
        "ratelimited",
        "rate_limited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "canvas_editing_locked",
    }
)

REFUSED = 400
TOO_MANY = 429
SERVER_ERROR = 500

NETWORK_ERRORS = (aiohttp.ClientError, asyncio.TimeoutError, OSError)


def code(error: SlackApiError) -> str:
    """Slack's error code, or the HTTP status where it gave none."""
    response = error.response
    data = getattr(response, "data", None)
    told = data.get("error") if isinstance(data, dict) else None
    return str(told or f"http_{status(error)}")


def reason(error: Exception) -> str:
    """Why a call was not done, in one word, for logs: nothing that a person typed."""
    return code(error) if isinstance(error, SlackApiError) else type(error).__name__


def status(error: SlackApiError) -> int:
    """The HTTP status."""
    return int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))


def from_slack(error: SlackApiError) -> Retry | Dead:
    """What an answer with an error means."""
    if status(error) == TOO_MANY or code(error) in {"ratelimited", "rate_limited"}:
        return Retry("ratelimited", after=_retry_after(error))
    if status(error) >= SERVER_ERROR:
        return Retry(code(error), doubt=True)  # it may have failed before or after the effect
    if code(error) in PASSING:
        return Retry(code(error), doubt=True)
    return Dead(code(error))


def from_network(error: Exception) -> Retry:
    """What no answer means: only where the connection never stood is it sure that nothing happened."""
    reached = not isinstance(error, aiohttp.ClientConnectorError)
    return Retry(type(error).__name__, doubt=reached)


def _retry_after(error: SlackApiError) -> timedelta:
    headers = getattr(error.response, "headers", {})
    told = str(headers.get("Retry-After", ""))
    return timedelta(seconds=int(told) if told.isdecimal() else 1)
