"""Pacing: effects of a kind that met a rate limit go one at a time until none of that kind is waiting."""

from collections.abc import Collection
from datetime import datetime

from bot.engine.delivery.lane import Lane


class Pacing:
    """The kinds of effects that met a rate limit, and the time from which each may be delivered again.

    Slack's limits apply per method and workspace (Slack docs, rate limits), so forty rooms that wait to be opened all
    get the same "not now". Without pacing they would all come back in the same second, thirty-nine of them in vain,
    and delay effects that are not limited. Only chat.postMessage has a limit per channel: there a room with too many
    messages delays only itself.
    """

    def __init__(self) -> None:
        self._from: dict[str, datetime] = {}

    @property
    def kinds(self) -> Collection[str]:
        """The kinds that go one at a time."""
        return list(self._from)

    def slow_down(self, kind: str, lane: Lane, now: datetime, until: datetime) -> None:
        """Note that an effect of this kind, in this lane, was refused until a time."""
        start = now if lane.of_a_channel else until
        self._from[kind] = max(start, self._from.get(kind, start))

    def may_go(self, now: datetime, under_way: Collection[str]) -> list[str]:
        """The paced kinds of which one effect may begin now. `under_way` are the kinds of the effects in progress."""
        return [kind for kind, start in self._from.items() if start <= now and kind not in under_way]

    def forget(self) -> None:
        """Forget the times that Slack told: they are wrong after a jump of the clock."""
        self._from.clear()

    def over(self, kind: str) -> None:
        """Stop pacing a kind: none of it is waiting."""
        del self._from[kind]
