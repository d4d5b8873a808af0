"""Rate limits, per method and minute (Slack docs, rate limits)."""

import math
from collections import deque

from bot.sandbox.api.catalogue import Method
from bot.sandbox.core.clock import Clock

PER_MINUTE: dict[int | str, int] = {1: 1, 2: 20, 3: 50, 4: 100, "special": 600, "post": 600}
# chat.postMessage: one per second and channel; a burst of this many messages is allowed.
POST_BURST = 5


class Limits:
    """The recent calls of each method."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._calls: dict[str, deque[float]] = {}
        self._posts: dict[str, float] = {}

    def admit(self, method: Method, channel: str | None = None) -> int | None:
        """Count a call, or refuse it if there were too many.

        Args:
            method: the method.
            channel: the channel of a chat.postMessage.

        Returns:
            None if the call is allowed, else the number of seconds until the next attempt.
        """
        now = self._clock.timestamp()
        if method.tier == "post" and channel is not None and (wait := self._post(channel, now)):
            return wait
        calls = self._calls.setdefault(method.name, deque())
        while calls and calls[0] <= now - 60:
            calls.popleft()
        if len(calls) >= PER_MINUTE[method.tier]:
            return max(1, math.ceil(calls[0] + 60 - now))
        calls.append(now)
        return None

    def clear(self) -> None:
        """Forget every call."""
        self._calls.clear()
        self._posts.clear()

    def _post(self, channel: str, now: float) -> int | None:
        # The time at which the channel's bucket of POST_BURST messages is full again.
        full = max(self._posts.get(channel, 0.0), now)
        if full + 1 > now + POST_BURST:
            return max(1, math.ceil(full + 1 - now - POST_BURST))
        self._posts[channel] = full + 1
        return None
