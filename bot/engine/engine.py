"""The machinery at work for one workspace: it delivers, asks what is due, and mends."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.core.metrics import Metrics
from bot.engine.clock.clocks import Clocks
from bot.engine.clock.due import Due
from bot.engine.clock.ticking import ticking
from bot.engine.delivery import worker
from bot.engine.delivery.deliverer import Deliverer
from bot.engine.delivery.mending import Mending
from bot.engine.delivery.receipts import Receipts
from bot.engine.delivery.shift import Ending, shift
from bot.engine.store.database import Database
from bot.engine.subject import Subject
from bot.ports.port import Perform
from bot.ports.slack.port import SLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the machinery works with.

    Attributes:
        team: the workspace.
        performs: do the calls to the outside worlds, by their keys.
        woken: set by whoever commits effects, so that they are looked at at once.
        looked: called after each look at the outbox.
        common_channel: the id of the channel where everybody hears of things; empty where there is none.
    """

    database: Database
    team: str
    clocks: Clocks
    metrics: Metrics
    performs: Mapping[str, Perform]
    woken: asyncio.Event
    looked: Callable[[], None]
    common_channel: str


class Engine:
    """The machinery.

    Attributes:
        deliverer: shows what was committed.
        due: is asked at each tick.
        mending: tries again what was shut.

    Args:
        around: what it works with.
        subjects: all that there are.
    """

    def __init__(self, around: Around, subjects: Sequence[Subject]) -> None:
        self._around = around
        self._worker = worker.name()
        self._ending = Ending()
        self._chores = [chore for each in subjects for chore in each.chores]
        database, team, clocks, woken = around.database, around.team, around.clocks, around.woken
        outgoing = {each.name: each.outgoing for each in subjects}
        self.deliverer = Deliverer(
            database=database,
            team=team,
            subjects=outgoing,
            receipts=Receipts(outgoing, around.metrics.reminded),
            performs=around.performs,
            now=clocks.now,
            worker=self._worker,
            woken=woken,
            looked=around.looked,
            timer=clocks.timer,
        )
        self.due = Due(database, team, [each.dated for each in subjects], woken.set, clocks.timer)
        self.mending = Mending(
            database,
            team,
            {name: each.registry for name, each in outgoing.items()},
            common_channel=around.common_channel,
            perform=around.performs[SLACK.key],
            now=clocks.now,
            committed=woken.set,
        )

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[asyncio.Task[None]]:
        """At work until the end of the block; the deliverer's task, which ends before only if something is badly wrong."""
        database, team, now = self._around.database, self._around.team, self._around.clocks.now
        async with (
            shift(self.deliverer, database, team, worker=self._worker, ending=self._ending) as delivering,
            ticking(self.due, self._chores, database, team, now),
            self.mending.at_work(),
        ):
            yield delivering

    def stop(self) -> None:
        """Begin nothing new from here on, while what has arrived is still answered."""
        self._ending.begin()
        self.deliverer.stop()
