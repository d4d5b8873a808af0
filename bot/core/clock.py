"""The one place where the clock is read. Everywhere else `now` is an argument or a `Clock`."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

TOLERATED = timedelta(seconds=10)  # a database may take some to say what time it is

Clock = Callable[[], datetime]
Now = Callable[[], Awaitable[datetime]]  # of a clock that has to be asked, such as the database's


class AgreedClock:
    """This machine's clock, put right where it is far from the one that the replicas agree on, the database's.

    Args:
        own: this machine's.
    """

    def __init__(self, own: Clock) -> None:
        self._own = own
        self._off = timedelta(0)

    def __call__(self) -> datetime:
        """The time that is agreed on (UTC)."""
        return self._own() + self._off

    def heard(self, agreed: datetime) -> None:
        """The database has just told its time (UTC)."""
        off = agreed - self._own()
        self._off = off if abs(off) > TOLERATED else timedelta(0)


def utc_now() -> datetime:
    """The present time, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251  # the one place
