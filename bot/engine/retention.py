"""The retention: from time to time it redacts a few streams that have been over for longer than the policy keeps them."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.core.retention import FOR_EVER, Terms
from bot.engine.store import retention
from bot.engine.store.codec import OtherReleaseError
from bot.engine.store.database import Database
from bot.engine.store.retention import AllStreams, Due, Scope

FEW = 5  # streams a tick, each in a transaction of its own, so that a click never waits for it
EVERY = timedelta(hours=1)  # how often it looks, if there is nothing to do

log = structlog.get_logger(__name__)


class Retention:
    """Looks at a tick whether something is due. Replicas do no harm: a stream is locked, and looked at again.

    Args:
        database: where streams are stored.
        team: the workspace.
        streams: the streams of each subject, by its name.
        terms: returns what the policy says now.
    """

    def __init__(
        self, database: Database, team: str, streams: AllStreams, terms: Callable[[], Terms]
    ) -> None:
        self._database = database
        self._team = team
        self._streams = streams
        self._terms = terms
        self._followed = FOR_EVER
        self._looked_at: datetime | None = None
        self._after = 0

    async def tick(self, now: datetime) -> None:
        """Redact a few streams, if the policy says so and it is time to look (UTC)."""
        terms = self._terms()
        if terms != self._followed:
            self._followed, self._looked_at, self._after = terms, None, 0
        if terms.redact_after is None:
            return
        if self._looked_at and self._looked_at <= now < self._looked_at + EVERY:
            return
        found = await self.due(now, limit=FEW, after=self._after)
        for each in found:
            await self.redact(each, now)
        is_all = len(found) < FEW
        self._looked_at, self._after = (now, 0) if is_all else (None, found[-1].id)

    async def due(self, now: datetime, *, limit: int | None = None, after: int = 0) -> Sequence[Due]:
        """What is due at this time (UTC), with a higher id than `after`; nothing if the policy keeps everything."""
        scope = self._scope(now)
        if scope is None:
            return ()
        async with self._database.reading() as session:
            return await retention.due(session, scope, limit=limit, after=after)

    async def count(self, now: datetime) -> int:
        """How many are due at this time (UTC)."""
        scope = self._scope(now)
        if scope is None:
            return 0
        async with self._database.reading() as session:
            return await retention.count_due(session, scope)

    async def redact(self, stream: Due, now: datetime) -> bool:
        """Redact one stream; False if it is no longer due, or if only another release can read it."""
        scope = self._scope(now)
        if scope is None:
            return False
        try:
            async with self._database.writing() as session:
                return await retention.redact(session, scope, stream, now)
        except OtherReleaseError:
            log.warning("retention.written_by_another_release", subject=stream.subject, number=stream.number)
            return False

    def _scope(self, now: datetime) -> Scope | None:
        terms = self._terms()
        if terms.redact_after is None:
            return None
        return Scope(self._team, self._streams, now - terms.redact_after, terms.keep)
