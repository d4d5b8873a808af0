"""The engine of one workspace: it delivers, asks what is due, and looks after channels that were shut."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.core.metrics import Metrics
from bot.engine.clock.clocks import Clocks
from bot.engine.clock.due import DuePoller
from bot.engine.clock.ticking import Chore, ticking
from bot.engine.delivery import worker
from bot.engine.delivery.deliverer import Deliverer
from bot.engine.delivery.lifecycle import ShutdownTimer, run_deliverer
from bot.engine.delivery.receipts import Receipts
from bot.engine.delivery.reopened_channels import ReopenedChannels
from bot.engine.store.database import Database
from bot.engine.subject import Subject
from bot.ports.port import Perform
from bot.ports.slack.port import SLACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """What the engine works with.

    Attributes:
        team: the workspace.
        performs: the functions that do the calls, each for one outside world, by its key.
        woken: set by whoever commits effects, so that the deliverer looks at once.
        polled: called after each look at the outbox.
        common_channel: the id of the channel where everybody is told of things; empty if there is none.
    """

    database: Database
    team: str
    clocks: Clocks
    metrics: Metrics
    performs: Mapping[str, Perform]
    woken: asyncio.Event
    polled: Callable[[], None]
    common_channel: str


class Engine:
    """The machinery that runs for one workspace.

    Attributes:
        deliverer: shows what was committed.
        due: records what is due, at each tick.
        reopened_channels: tries again what could not be shown in a channel that was shut.

    Args:
        environment: what the engine works with.
        subjects: all subjects.
        chores: what else to do at each tick, beside the chores of the subjects.
    """

    def __init__(
        self, environment: Environment, subjects: Sequence[Subject], chores: Sequence[Chore] = ()
    ) -> None:
        self._environment = environment
        self._worker = worker.name()
        self._shutdown = ShutdownTimer()
        self._chores = [*(chore for each in subjects for chore in each.chores), *chores]
        database, team, clocks, woken = (
            environment.database,
            environment.team,
            environment.clocks,
            environment.woken,
        )
        sources = {each.name: each.effect_source for each in subjects}
        self.deliverer = Deliverer(
            database=database,
            team=team,
            subjects=sources,
            receipts=Receipts(sources, environment.metrics.reminded),
            performs=environment.performs,
            now=clocks.now,
            worker=self._worker,
            woken=woken,
            polled=environment.polled,
            timer=clocks.timer,
        )
        self.due = DuePoller(database, team, [each.due_source for each in subjects], woken.set, clocks.timer)
        self.reopened_channels = ReopenedChannels(
            database,
            team,
            {name: each.registry for name, each in sources.items()},
            common_channel=environment.common_channel,
            perform=environment.performs[SLACK.key],
            now=clocks.now,
            committed=woken.set,
        )

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[asyncio.Task[None]]:
        """Run until the end of the block. The deliverer's task ends earlier only if something is badly wrong."""
        database, team, now = self._environment.database, self._environment.team, self._environment.clocks.now
        async with (
            run_deliverer(
                self.deliverer, database, team, worker=self._worker, shutdown=self._shutdown
            ) as delivering,
            ticking(self.due, self._chores, database, team, now),
            self.reopened_channels.at_work(),
        ):
            yield delivering

    def stop(self) -> None:
        """Begin nothing new from now on; acts that have arrived are still answered."""
        self._shutdown.begin()
        self.deliverer.stop()
