"""The workspace's clock. It is the only place in the sandbox that reads the machine's clock."""

import asyncio
import heapq
import itertools
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime


async def _settled() -> None:
    """Do nothing: nothing is in progress."""


@dataclass(order=True)
class Timer:
    """A callback that is due at a time of the workspace's clock."""

    due: float
    order: int
    callback: Callable[[], None] = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        """Cancel the callback."""
        self.cancelled = True


class Clock:
    """The clock of the whole workspace: message time stamps, trigger lifetimes, retries, scheduled messages.

    It runs with the machine's clock until it is stopped. It can be moved forward in both cases; timers that become due
    meanwhile are called in order, each at its own time.

    Attributes:
        settle: awaited between two steps of `advance`, so that open work can finish.
        on_change: called when the clock was stopped, started or moved.
    """

    def __init__(self) -> None:
        self._offset = 0.0
        self._stopped_at: float | None = None
        self._timers: list[Timer] = []
        self._order = itertools.count()
        self._wake: asyncio.TimerHandle | None = None
        self.settle: Callable[[], Awaitable[None]] = _settled
        self.on_change: Callable[[], None] = lambda: None

    @property
    def running(self) -> bool:
        """Whether the clock is running."""
        return self._stopped_at is None

    def timestamp(self) -> float:
        """Now, in seconds since 1970."""
        if self._stopped_at is not None:
            return self._stopped_at
        return time.time() + self._offset  # noqa: TID251 - the sandbox's one reading of the machine's clock

    @staticmethod
    def machine_time() -> int:
        """The machine's own time, in whole seconds since 1970."""
        return int(time.time())  # noqa: TID251 - as in `timestamp`

    def now(self) -> datetime:
        """Now, in UTC, with time zone."""
        return datetime.fromtimestamp(self.timestamp(), UTC)

    def stop(self) -> None:
        """Stop the clock."""
        self._stopped_at = self.timestamp()
        self._arm()
        self.on_change()

    def run(self) -> None:
        """Start the clock again, from its present time."""
        if self._stopped_at is not None:
            self._offset = self._stopped_at - time.time()  # noqa: TID251 - as in `timestamp`
            self._stopped_at = None
        self._arm()
        self.on_change()

    def call_later(self, seconds: float, callback: Callable[[], None]) -> Timer:
        """Call back after `seconds` of the workspace's time."""
        timer = Timer(self.timestamp() + seconds, next(self._order), callback)
        heapq.heappush(self._timers, timer)
        self._arm()
        return timer

    async def advance(self, seconds: float) -> None:
        """Move time forward by `seconds`, and call every timer that becomes due."""
        if seconds < 0:
            msg = f"time only moves forward: advance({seconds}) is not possible"
            raise ValueError(msg)
        was_running, target = self.running, self.timestamp() + seconds
        self._stopped_at = self.timestamp()
        self._arm()
        await self.settle()
        while (timer := self._next()) is not None and timer.due <= target:
            heapq.heappop(self._timers)
            self._stopped_at = max(self._stopped_at, timer.due)
            timer.callback()
            await self.settle()
        self._stopped_at = target
        if was_running:
            self.run()
        else:
            self.on_change()

    def close(self) -> None:
        """Cancel all timers."""
        self._timers.clear()
        self._arm()

    def _next(self) -> Timer | None:
        while self._timers and self._timers[0].cancelled:
            heapq.heappop(self._timers)
        return self._timers[0] if self._timers else None

    def _arm(self) -> None:
        if self._wake is not None:
            self._wake.cancel()
            self._wake = None
        timer = self._next()
        if timer is not None and self.running:
            delay = max(0.0, timer.due - self.timestamp())
            self._wake = asyncio.get_running_loop().call_later(delay, self._fire)

    def _fire(self) -> None:
        while (timer := self._next()) is not None and timer.due <= self.timestamp():
            heapq.heappop(self._timers)
            timer.callback()
        self._arm()
