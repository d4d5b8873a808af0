"""Clocks that jump: the one by which leases are held and reminders are due may be put right, or wrong, by hours."""

import time
from collections.abc import Callable
from datetime import datetime

Timer = Callable[[], float]  # seconds that pass, from any beginning

TOLERATED = 10.0  # seconds; a database may take some to say what time it is, and leases have as much to spare


class Jumps:
    """Notices that a clock went otherwise than time passes.

    Args:
        timer: how time passes.
    """

    def __init__(self, timer: Timer = time.monotonic) -> None:
        self._timer = timer
        self._last: tuple[datetime, float] | None = None

    def noticed(self, now: datetime) -> float:
        """By how many seconds the clock has jumped since the last look; 0 where it went as it should."""
        passed_at, last = self._timer(), self._last
        self._last = (now, passed_at)
        if last is None:
            return 0.0
        jump = (now - last[0]).total_seconds() - (passed_at - last[1])
        return jump if abs(jump) > TOLERATED else 0.0
