"""The effects of a fault on a request, before and after it takes effect."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.sandbox.core.errors import SlackError
from bot.sandbox.network.faults import ON_REQUESTS, Fault, Faults

OUTAGE = "<!DOCTYPE html><html><head><title>Slack</title></head><body>Something went wrong.</body></html>"


def before(request: web.Request, fault: Fault) -> web.Response | None:
    """The answer if the fault ends the request before it takes effect; None if the request continues.

    Raises:
        SlackError: the fault refuses the request with one of Slack's codes.
    """
    match fault.fault:
        case "ratelimited":
            return too_many(fault.retry_after)
        case "error500" | "error503" | "down":
            status = 500 if fault.fault == "error500" else 503
            return web.Response(status=status, text=OUTAGE, content_type="text/html")
        case "reset_before":
            _reset(request)
            return web.Response(status=503)
        case "refuse":
            raise SlackError(fault.error)
    return None


async def after(request: web.Request, fault: Fault) -> None:
    """Apply the fault to the answer of a request that took effect."""
    if fault.fault == "slow":
        await asyncio.sleep(fault.seconds or 1.0)
    elif fault.fault == "reset_after":
        _reset(request)


async def with_faults(
    faults: Faults,
    name: str,
    request: web.Request,
    answer: Callable[[web.Request], Awaitable[web.Response]],
) -> web.Response:
    """Answer a request other than a method call, unless a fault for `name` or for everything applies."""
    fault = faults.hit(ON_REQUESTS, name)
    if fault is None:
        return await answer(request)
    if (broken := before(request, fault)) is not None:
        return broken
    response = await answer(request)
    await after(request, fault)
    return response


def too_many(wait: int | str) -> web.Response:
    """A 429; `wait` is its `Retry-After`."""
    answer = web.json_response({"ok": False, "error": "ratelimited"}, status=429)
    answer.headers["Retry-After"] = str(wait)
    return answer


def _reset(request: web.Request) -> None:
    if request.transport is not None:
        request.transport.abort()
