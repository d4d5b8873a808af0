"""An act has one deadline, counted from its arrival; each wait in it gets what is left of it.

Slack tells a person after three seconds that the app did not respond, whatever happens then (Slack docs, "Handling
user interaction"). What is done in the background has no deadline: nobody waits for it.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Seconds.
SLACK_WAITS = 3.0  # from the arrival to the ack
# Seconds from the arrival, where Slack waits as it does.
DONE = 2.0  # by then it is committed, or given up
COMMITTED = 2.3  # until then the answer to a COMMIT that was sent is waited for
LOOKED = 2.6  # until then it is found out what became of a COMMIT that was not answered
TOLD = 2.8  # until then the person is told; the rest is the way to Slack

_arrived: ContextVar[float | None] = ContextVar("arrived", default=None)


@contextmanager
def act(ago: float = 0.0, ack: float = SLACK_WAITS) -> Iterator[None]:
    """An act has arrived.

    Args:
        ago: so many seconds ago.
        ack: how many seconds from the arrival its ack is waited for; all of its times move with that.
    """
    token = _arrived.set(asyncio.get_running_loop().time() - ago + ack - SLACK_WAITS)
    try:
        yield
    finally:
        _arrived.reset(token)


def is_set() -> bool:
    """Whether somebody waits."""
    return _arrived.get() is not None


def left(most: float, until: float = TOLD) -> float:
    """For how many seconds something may be waited for, at most `most`; 0 where it is too late.

    Args:
        most: what is right where nobody waits.
        until: seconds from the arrival, see above.
    """
    arrived = _arrived.get()
    if arrived is None:
        return most
    return max(min(most, arrived + until - asyncio.get_running_loop().time()), 0.0)
