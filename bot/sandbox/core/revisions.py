"""The log of changes, for long-polls and event streams."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class Change:
    """One change that somebody may be able to see.

    Attributes:
        what: `messages`, `modals`, `home`, `channels` or `clock`.
        channel: the id of the channel in which it happened, if any.
        users: the ids of the users who can see it; None means everybody who can see the channel.
    """

    seq: int
    what: str
    channel: str | None = None
    users: frozenset[str] | None = None


class Revisions:
    """A counter of all changes, and the latest changes."""

    def __init__(self) -> None:
        self.seq = 0
        self._changes: deque[Change] = deque(maxlen=REMEMBERED)
        self._waiting: set[asyncio.Future[None]] = set()
        self.closed = False

    def bump(self, what: str, *, channel: str | None = None, users: Iterable[str] | None = None) -> None:
        """Record a change and wake everybody who waits for one."""
        self.seq += 1
        self._changes.append(Change(self.seq, what, channel, None if users is None else frozenset(users)))
        self._wake()

    def since(self, seq: int, noticed: Callable[[Change], bool]) -> list[Change]:
        """The changes after `seq` that pass the test, oldest first."""
        return [change for change in self._changes if change.seq > seq and noticed(change)]

    async def wait(self, seq: int, noticed: Callable[[Change], bool], seconds: float) -> list[Change]:
        """Like `since`, but waits up to `seconds` of real time for the first such change."""
        deadline = asyncio.get_running_loop().time() + seconds
        while not (changes := self.since(seq, noticed)) and not self.closed:
            remaining = deadline - asyncio.get_running_loop().time()
            if remaining <= 0 or not await self._woken(remaining):
                break
        return changes

    def close(self) -> None:
        """Wake everybody who waits, because the sandbox ends."""
        self.closed = True
        self._wake()

    async def _woken(self, seconds: float) -> bool:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait_for(future, seconds)
        except TimeoutError:
            return False
        finally:
            self._waiting.discard(future)
        return True

    def _wake(self) -> None:
        for future in self._waiting:
            if not future.done():
                future.set_result(None)
        self._waiting.clear()
