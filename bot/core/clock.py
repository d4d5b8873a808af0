"""The one place where the clock is read. Everywhere else `now` is an argument or a `Clock`."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

TOLERATED = timedelta(seconds=10)  # a smaller difference may just be the time that the query takes

Clock = Callable[[], datetime]
Now = Callable[[], Awaitable[datetime]]  # of a clock that has to be asked, such as the database's


class CorrectedClock:
    """This machine's clock, corrected if it differs much from the database's, which all replicas agree on.

    Args:
        own: this machine's clock.
    """

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._off = timedelta(0)

    def __call__(self) -> datetime:
        """The agreed time (UTC)."""
        return self._own() + self._off

    def correct(self, agreed: datetime) -> None:
        """Compare this machine's clock with the time that the database has just reported (UTC)."""
        off = agreed - self._own()
        self._off = off if abs(off) > TOLERATED else timedelta(0)


def utc_now() -> datetime:
    """The present time in UTC, with time zone."""
    return datetime.now(UTC)  # noqa: TID251  # the one place
