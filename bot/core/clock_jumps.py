"""Jumps of the clock for leases and reminders: somebody may set it, rightly or wrongly, by hours."""

import time
from collections.abc import Callable
from datetime import datetime

Timer = Callable[[], float]  # seconds that pass, from any start

TOLERATED = 10.0  # seconds; a database may need some of them to tell the time, and leases allow for as many


class ClockJumps:
    """Detects jumps: the clock has moved by another amount than the time that passed.

    Args:
        timer: measures how much time passes.
    """

    def __init__(self, timer: Timer = time.monotonic) -> None:
        self._timer = timer
        self._last: tuple[datetime, float] | None = None

    def detect(self, now: datetime) -> float:
        """How many seconds the clock has jumped since the last look; 0 if it has not."""
        passed_at, last = self._timer(), self._last
        self._last = (now, passed_at)
        if last is None:
            return 0.0
        jump = (now - last[0]).total_seconds() - (passed_at - last[1])
        return jump if abs(jump) > TOLERATED else 0.0
