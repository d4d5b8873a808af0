"""Pacing: what we were asked to slow down with goes one at a time until nothing of its kind is left waiting."""

from collections.abc import Collection
from datetime import datetime

from bot.engine.delivery.lane import Lane


class Pacing:
    """The kinds of effects that met a rate limit, and from when on each may go again.

    Slack's limits are per method and workspace (Slack docs, rate limits), so forty rooms that are to be opened hear
    the same "not now". Without pacing they would all come back in the same second, thirty-nine of them in vain, and
    keep the hands from delivering what is not limited. Only chat.postMessage has a limit of each channel: there a
    room that is talked to too much holds up nobody but itself.
    """

    def __init__(self) -> None:
        self._from: dict[str, datetime] = {}

    @property
    def kinds(self) -> Collection[str]:
        """The kinds that go one at a time."""
        return list(self._from)

    def slow_down(self, kind: str, lane: Lane, now: datetime, until: datetime) -> None:
        """An effect of this kind, which stands in this lane, was refused until then."""
        start = now if lane.of_a_channel else until
        self._from[kind] = max(start, self._from.get(kind, start))

    def may_go(self, now: datetime, under_way: Collection[str]) -> list[str]:
        """The paced kinds of which one may go now. `under_way` are the kinds of what is being delivered."""
        return [kind for kind, start in self._from.items() if start <= now and kind not in under_way]

    def forget(self) -> None:
        """Whatever times were told, they are none any more: the clock has jumped."""
        self._from.clear()

    def over(self, kind: str) -> None:
        """Nothing of this kind is left waiting."""
        del self._from[kind]
