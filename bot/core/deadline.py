"""The one deadline of an act, counted from its arrival. Each wait during the act gets the time that is left.

After three seconds Slack tells the person that the app did not respond, even if the act succeeds later (Slack docs,
"Handling user interaction"). Work in the background has no deadline, because nobody waits for it.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# Seconds.
SLACK_WAITS = 3.0  # from the arrival to the ack
# Seconds from the arrival, if Slack waits for SLACK_WAITS.
DONE = 2.0  # by then the act is committed or given up
COMMITTED = 2.3  # until then the act waits for the answer to a COMMIT that was sent
VERIFIED = 2.6  # until then the act finds out whether a COMMIT without an answer took effect
ANSWERED = 2.8  # until then the person is answered; the rest is for the way to Slack

_arrived: ContextVar[float | None] = ContextVar("arrived", default=None)


@contextmanager
def act(ago: float = 0.0, ack: float = SLACK_WAITS) -> Iterator[None]:
    """Set the deadline of an act for the length of a block.

    Args:
        ago: how many seconds ago the act arrived.
        ack: how many seconds after the arrival Slack stops waiting for the ack; all limits move with it.
    """
    token = _arrived.set(asyncio.get_running_loop().time() - ago + ack - SLACK_WAITS)
    try:
        yield
    finally:
        _arrived.reset(token)


def is_set() -> bool:
    """Whether there is a deadline, because somebody waits."""
    return _arrived.get() is not None


def left(most: float, until: float = ANSWERED) -> float:
    """How many seconds a wait may take: at most `most`; 0 if it is too late.

    Args:
        most: the limit if there is no deadline.
        until: the limit in seconds from the arrival, one of those above.
    """
    arrived = _arrived.get()
    if arrived is None:
        return most
    return max(min(most, arrived + until - asyncio.get_running_loop().time()), 0.0)
