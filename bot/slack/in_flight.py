"""Everything that Slack sends passes here: it gets an id for the logs and a deadline, and is timed."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
from structlog.contextvars import bind_contextvars, clear_contextvars

from bot.core import deadline
from bot.core.metrics import Metrics

KINDS = frozenset({"slash_commands", "interactive", "events_api"})  # Slack docs, Socket Mode, envelopes

log = structlog.get_logger(__name__)


class InFlight:
    """Counts what is in progress, so that a bot that stops can finish it.

    Args:
        metrics: records the time until the ack.
        ack: how long Slack waits for an ack, in seconds.

    Attributes:
        under_way: how many have arrived and are not yet acked.
    """

    def __init__(self, metrics: Metrics, ack: float = deadline.SLACK_WAITS) -> None:
        self._metrics = metrics
        self._ack = ack
        self.under_way = 0
        self._all_acked = asyncio.Event()
        self._all_acked.set()

    async def drain(self, within: float) -> None:
        """Wait until nothing is in progress, at most `within` seconds."""
        try:
            async with asyncio.timeout(within):
                await self._all_acked.wait()
        except TimeoutError:
            log.warning("slack.not_all_acked", under_way=self.under_way)

    @asynccontextmanager
    async def track(self, kind: str, request: str) -> AsyncIterator[None]:
        """Track one delivery, from its arrival to its ack.

        Args:
            kind: its name in Socket Mode; unknown ones count as `other`.
            request: the id in the log lines until the act's own id is known.
        """
        clear_contextvars()  # several deliveries may come in the same task, one after the other
        bind_contextvars(request=request)
        begun = time.perf_counter()
        self.under_way += 1
        self._all_acked.clear()
        try:
            with deadline.act(ack=self._ack):
                yield
        finally:
            self.under_way -= 1
            if not self.under_way:
                self._all_acked.set()
            self._metrics.acked(kind if kind in KINDS else "other", time.perf_counter() - begun)
