"""How it stands, for those who look from outside: probes, and Prometheus. A look never hurts who is looked at."""

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
from bot.engine.store.standing import standing
from bot.engine.subject import Figure

PATIENCE = 1.0  # seconds; a database that has not answered by then counts as away
FRESH = 5.0  # seconds for which figures from the database are not asked for again
RECENT = 1.0  # seconds for which it is not asked again whether it answers, however many look
LONGEST_SILENCE = 10.0  # seconds; a deliverer that has not looked at the outbox for so long is stuck


class Link(Protocol):
    """The connection to Slack."""

    @property
    def sockets(self) -> int:
        """How many Socket Mode connections stand; 0 where Slack calls us."""

    async def trouble(self) -> str:
        """What is wrong with the connection; empty where it is well."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must be well. `trouble` is empty where it is."""

    name: str
    trouble: str


class Watch:
    """Keeps an eye on the bot.

    Args:
        database: asked at most every few seconds, and never for long.
        metrics: where the figures go.
        figures: of the subjects.
        timer: seconds that pass, from any beginning.
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

    def looked(self) -> None:
        """The deliverer has looked at the outbox."""
        self._looked_at = self._timer()

    def connected(self, team: str, now: Now, link: Link) -> None:
        """The bot is at work for this workspace, by this clock, on this connection."""
        self._team, self._now, self._link = team, now, link

    async def checks(self) -> tuple[Check, ...]:
        """Whether each thing is well that the bot cannot work without."""
        return (
            Check("database", await self._database_trouble()),
            Check("slack", await self._link.trouble() if self._link else "not connected yet"),
            Check("deliverer", self._deliverer_trouble()),
        )

    async def figures(self) -> bytes:
        """Everything for Prometheus, in its text format."""
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
            async with asyncio.timeout(PATIENCE):
                now = await self._now()
                async with self._database.reading() as session:
                    found = await standing(session, self._team)
                    counted = {each.name: await each.read(session, self._team) for each in self._figures}
        except TROUBLE:  # a time-out is an OSError too
            self._metrics.database_away()
            return
        oldest = max((now - found.oldest).total_seconds(), 0.0) if found.oldest else 0.0
        self._metrics.stored(found.waiting, oldest, found.dead, counted)

    async def _database_trouble(self) -> str:
        """Asked once for all who look in the same second: a crowd of probes takes no connection from an act."""
        async with self._answers_one_at_a_time:
            if self._timer() - self._answered_at >= RECENT:
                self._trouble = await self._ask_whether_it_answers()
                self._answered_at = self._timer()
        return self._trouble

    async def _ask_whether_it_answers(self) -> str:
        try:
            async with asyncio.timeout(PATIENCE), self._database.reading() as session:
                await session.exec(select(1))
        except TimeoutError:
            return f"did not answer within {PATIENCE:.0f} s"
        except TROUBLE as error:
            return type(error).__name__
        return ""
