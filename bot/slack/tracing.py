"""Trace every request to Slack: how long it took, whether Slack answered, and rate limits."""

import re
import time
from types import SimpleNamespace

import aiohttp

from bot.core.metrics import Metrics
from bot.slack.errors import SERVER_ERROR, TOO_MANY, retry_after

_METHOD = re.compile(r"[a-zA-Z]+(\.[a-zA-Z]+)+")


class Tracing:
    """Counts requests, and remembers whether the last one was answered.

    Args:
        api_url: the Web API's address; requests to other addresses (response URLs, uploads) count as `other`.
        metrics: where requests are counted.

    Attributes:
        answered: whether Slack answered the last request, and not with a server error.
    """

    def __init__(self, api_url: str, metrics: Metrics) -> None:
        self._api_url = api_url
        self._metrics = metrics
        self.answered = True

    def config(self) -> aiohttp.TraceConfig:
        """The trace configuration for the HTTP session."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._started)
        config.on_request_end.append(self._ended)
        config.on_request_exception.append(self._failed)
        return config

    async def _started(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        _asked: aiohttp.TraceRequestStartParams,
    ) -> None:
        context.begun = time.perf_counter()

    async def _ended(
        self, _session: aiohttp.ClientSession, context: SimpleNamespace, params: aiohttp.TraceRequestEndParams
    ) -> None:
        status = params.response.status
        method = self._method(str(params.url))
        self._metrics.requested(method, str(status), time.perf_counter() - context.begun)
        if status == TOO_MANY:
            asked = retry_after(params.response.headers)
            self._metrics.limited(method, asked.total_seconds() if asked else 0.0)
        self.answered = status < SERVER_ERROR

    async def _failed(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        params: aiohttp.TraceRequestExceptionParams,
    ) -> None:
        self._metrics.requested(self._method(str(params.url)), "none", time.perf_counter() - context.begun)
        self.answered = False

    def _method(self, url: str) -> str:
        name = url.removeprefix(self._api_url).partition("?")[0]
        return name if _METHOD.fullmatch(name) else "other"
