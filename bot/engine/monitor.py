"""The health and the metrics of the bot, for probes and Prometheus. Reading them never slows the bot down."""

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlmodel import select

from bot.core.clock import Now
from bot.core.metrics import Metrics
from bot.engine.store.database import Database
from bot.engine.store.errors import TROUBLE
from bot.engine.store.outbox_stats import outbox_stats
from bot.engine.subject import Figure

TIMEOUT = 1.0  # seconds; a database that has not answered by then counts as away
FRESH = 5.0  # seconds for which metrics from the database are not read again
RECENT = 1.0  # seconds for which nobody checks again whether it answers, however many ask
LONGEST_SILENCE = 10.0  # seconds; a deliverer that has not looked at the outbox for so long is stuck


class Link(Protocol):
    """The connection to Slack."""

    @property
    def sockets(self) -> int:
        """How many Socket Mode connections are open; 0 if Slack calls us."""

    async def trouble(self) -> str:
        """What is wrong with the connection; empty if nothing is."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be well. `trouble` is empty if it is."""

    name: str
    trouble: str


class Monitor:
    """Watches the bot.

    Args:
        database: asked at most every few seconds, and never for long.
        metrics: where the figures are stored.
        figures: the metrics of the subjects.
        timer: seconds that pass, from any start.
    """

    def __init__(
        self,
        database: Database,
        metrics: Metrics,
        figures: Sequence[Figure],
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._metrics = metrics
        self._figures = figures
        for each in figures:
            metrics.add(each.name, each.meaning, each.label)
        self._timer = timer
        self._looked_at = timer()
        self._asked_at = float("-inf")
        self._one_at_a_time = asyncio.Lock()
        self._answered_at = float("-inf")
        self._answers_one_at_a_time = asyncio.Lock()
        self._trouble = ""
        self._team = ""
        self._now: Now = database.now
        self._link: Link | None = None

    def polled(self) -> None:
        """Note that the deliverer has looked at the outbox."""
        self._looked_at = self._timer()

    def connected(self, team: str, now: Now, link: Link) -> None:
        """Note that the bot works for this workspace, by this clock, on this connection."""
        self._team, self._now, self._link = team, now, link

    async def checks(self) -> tuple[Check, ...]:
        """The state of each thing that the bot cannot work without."""
        return (
            Check("database", await self._database_trouble()),
            Check("slack", await self._link.trouble() if self._link else "not connected yet"),
            Check("deliverer", self._deliverer_trouble()),
        )

    async def figures(self) -> bytes:
        """All metrics for Prometheus, in its text format."""
        async with self._one_at_a_time:
            if self._timer() - self._asked_at >= FRESH:
                await self._ask()
                self._asked_at = self._timer()
        self._metrics.connected(self._link.sockets if self._link else 0, self._silence)
        return self._metrics.text()

    @property
    def _silence(self) -> float:
        return self._timer() - self._looked_at

    def _deliverer_trouble(self) -> str:
        silence = self._silence
        return f"has not looked at the outbox for {silence:.0f} s" if silence > LONGEST_SILENCE else ""

    async def _ask(self) -> None:
        try:
            async with asyncio.timeout(TIMEOUT):
                now = await self._now()
                async with self._database.reading() as session:
                    found = await outbox_stats(session, self._team)
                    counted = {each.name: await each.read(session, self._team, now) for each in self._figures}
        except TROUBLE:  # a timeout is an OSError too
            self._metrics.database_away()
            return
        oldest = max((now - found.oldest).total_seconds(), 0.0) if found.oldest else 0.0
        self._metrics.stored(found.waiting, oldest, found.dead, counted)

    async def _database_trouble(self) -> str:
        """What is wrong with the database, asked once per second: many probes take no connection from an act."""
        async with self._answers_one_at_a_time:
            if self._timer() - self._answered_at >= RECENT:
                self._trouble = await self._ask_whether_it_answers()
                self._answered_at = self._timer()
        return self._trouble

    async def _ask_whether_it_answers(self) -> str:
        try:
            async with asyncio.timeout(TIMEOUT), self._database.reading() as session:
                await session.exec(select(1))
        except TimeoutError:
            return f"did not answer within {TIMEOUT:.0f} s"
        except TROUBLE as error:
            return type(error).__name__
        return ""
