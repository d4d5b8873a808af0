"""How long the event loop was blocked: a timer is due every millisecond, and its lateness is measured."""

import asyncio
from types import TracebackType
from typing import Self

EVERY = 0.001  # seconds


class LoopWatch:
    """Watches the running loop until the end of a block.

    Attributes:
        longest: the longest lateness of the timer, in seconds: nothing else was served in that time.
    """

    def __init__(self) -> None:
        self.longest = 0.0
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def longest_ms(self) -> float:
        """The same in milliseconds."""
        return self.longest * 1000

    def __enter__(self) -> Self:
        self._arm()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self.look()

    def look(self) -> None:
        """Count what blocks the loop at this moment, before the timer can."""
        self.longest = max(self.longest, asyncio.get_running_loop().time() - self._due)

    def _arm(self) -> None:
        loop = asyncio.get_running_loop()
        self._due = loop.time() + EVERY
        self._timer = loop.call_at(self._due, self._fire)

    def _fire(self) -> None:
        self.look()
        self._arm()
