"""Asks the tracker what has changed, where it cannot call us. Several replicas share the work; nobody waits for it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Self

import structlog

from bot.core.clock import Now
from bot.engine.looking import looking
from bot.engine.store.database import Database
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.store import polls
from bot.ports.port import Dead, Retry
from bot.ports.trackers.calls import Changes, FetchChanges, Follow, Where

LOOKS_EVERY = 5.0  # seconds; whether a look is due is in the database
PAGES = 20  # at a time: the rest follows at the next look

log = structlog.get_logger(__name__)


class Polling:
    """Asks what has changed at the place that the policy names.

    Args:
        database: where it is kept how far we have read.
        team: the workspace.
        tracker: returns what the team has decided about issues, as it counts now.
        fetch: asks the tracker.
        follow: commits what follows from a change.
        now: returns the time by which a look is due.
    """

    def __init__(
        self,
        database: Database,
        team: str,
        *,
        tracker: Callable[[], TrackerPolicy],
        fetch: FetchChanges,
        follow: Follow,
        now: Now,
    ) -> None:
        self._database = database
        self._team = team
        self._tracker = tracker
        self._fetch = fetch
        self._follow = follow
        self._now = now

    async def look(self) -> None:
        """Ask, if it is due. What was read is remembered only when all that follows from it is committed."""
        policy, now = self._tracker(), await self._now()
        if not policy.is_on:
            return
        where = Where(policy.tracker, policy.place)
        async with self._database.writing() as session:
            row = await polls.claim(
                session, self._team, where.tracker, where.place, now=now, every=policy.poll
            )
            since, etag = (row.since, row.etag) if row else (now, "")
        if row is None:
            return
        for _ in range(PAGES):
            found = await self._fetch(where, since, etag, now)
            if not isinstance(found, Changes):
                await self._failed(where, found)
                return
            for heard in found.heard:
                await self._follow(heard)
            since, etag = found.since, found.etag
            await self._read(where, found)
            if not found.more:
                return

    async def _read(self, where: Where, found: Changes) -> None:
        async with self._database.writing() as session:
            row = await polls.locked(session, self._team, where.tracker, where.place)
            if row:
                row.since, row.etag, row.trouble = found.since, found.etag, ""
                session.add(row)

    async def _failed(self, where: Where, why: Retry | Dead) -> None:
        """Remember why, and wait as long as it asks us to."""
        log.warning("tracker.not_read", tracker=where.tracker, reason=why.reason)
        pause = why.after if isinstance(why, Retry) and why.after else timedelta(0)
        now = await self._now()
        async with self._database.writing() as session:
            row = await polls.locked(session, self._team, where.tracker, where.place)
            if row:
                row.trouble, row.next_at = why.reason, max(row.next_at, now + pause)
                session.add(row)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Self]:
        """Look from time to time until the end of the block."""
        async with looking(self.look, every=LOOKS_EVERY, name="tracker", failed="tracker.not_looked"):
            yield self
