"""The log of all traffic between Slack and the app."""

import itertools
from collections import deque
from collections.abc import Callable
from typing import Any

from bot.sandbox.core.clock import Clock

REMEMBERED = 5_000


class Traffic:
    """The latest calls, envelopes and acks, oldest first.

    Attributes:
        on_note: is called with each entry, for callers that need more entries than are stored.
    """

    def __init__(self, clock: Clock) -> None:
        self.on_note: Callable[[dict[str, Any]], None] = lambda _entry: None
        self._clock = clock
        self._entries: deque[dict[str, Any]] = deque(maxlen=REMEMBERED)
        self._seq = itertools.count(1)

    def note(
        self,
        kind: str,
        name: str,
        *,
        request: Any = None,
        response: Any = None,
        error: str | None = None,
        ms: float = 0.0,
    ) -> None:
        """Record one exchange.

        Args:
            kind: `call`, `envelope`, `ack`, `response` (a response URL was used), `upload` (a file's bytes arrived),
                `webhook` (another app posted) or `socket`.
            name: the method of a call, the type of all others.
            request: the request.
            response: the answer.
            error: the error code, if it was refused.
            ms: how long it took, in milliseconds of real time.
        """
        entry = {
            "seq": next(self._seq),
            "at": self._clock.timestamp(),
            "kind": kind,
            "method" if kind == "call" else "type": name,
            "ok": error is None,
            "error": error,
            "ms": round(ms, 2),
            "request": request,
            "response": response,
        }
        self._entries.append(entry)
        self.on_note(entry)

    def since(self, seq: int = 0) -> list[dict[str, Any]]:
        """The entries after that one."""
        return [entry for entry in self._entries if entry["seq"] > seq]

    def clear(self) -> None:
        """Delete all entries; the count continues."""
        self._entries.clear()
