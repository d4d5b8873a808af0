"""The engine of one workspace: it delivers, asks what is due, and mends."""

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
    """What the engine works with.

    Attributes:
        team: the workspace.
        performs: the functions that do the calls, each for one outside world, by its key.
        woken: set by whoever commits effects, so that the deliverer looks at once.
        looked: called after each look at the outbox.
        common_channel: the id of the channel where everybody is told of things; empty if there is none.
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
    """The machinery that runs for one workspace.

    Attributes:
        deliverer: shows what was committed.
        due: records what is due, at each tick.
        mending: tries again what could not be shown in a channel that was shut.

    Args:
        around: what the engine works with.
        subjects: all subjects.
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
        """Run until the end of the block. The deliverer's task ends earlier only if something is badly wrong."""
        database, team, now = self._around.database, self._around.team, self._around.clocks.now
        async with (
            shift(self.deliverer, database, team, worker=self._worker, ending=self._ending) as delivering,
            ticking(self.due, self._chores, database, team, now),
            self.mending.at_work(),
        ):
            yield delivering

    def stop(self) -> None:
        """Begin nothing new from now on; acts that have arrived are still answered."""
        self._ending.begin()
        self.deliverer.stop()
