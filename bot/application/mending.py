"""What a channel could not be shown while it was shut is shown as soon as it is open again."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import structlog
from sqlalchemy.exc import SQLAlchemyError

from bot.application.calls import Delivered, LookAtChannel, Perform
from bot.application.effects.registry import LATEST_ONLY
from bot.application.outbox import Now
from bot.incident.domain.refusals import IN_INCIDENTS_CHANNEL, IN_ROOM, SHUT
from bot.store import incidents, revival
from bot.store.database import Database

EVERY = 300.0  # seconds; Slack tells at once, but not of everything, and not while the bot is down
MOST = 20  # channels at a look: Slack's tier allows fifty a minute

log = structlog.get_logger(__name__)


class Mending:
    """Wakes the effects of channels that people have opened again.

    Args:
        database: where they are.
        team: the workspace.
        incidents_channel: its id; empty where there is none.
        perform: looks at a channel.
        now: the time of the outbox.
        committed: called after each commit that woke something.
    """

    def __init__(
        self,
        database: Database,
        team: str,
        *,
        incidents_channel: str,
        perform: Perform,
        now: Now,
        committed: Callable[[], None],
    ) -> None:
        self._database = database
        self._team = team
        self._incidents_channel = incidents_channel
        self._perform = perform
        self._now = now
        self._committed = committed
        self._looked = 0

    async def reopened(self, channel: str) -> int:
        """The bot can post there again: what it could not show there is shown now; how much that is."""
        lanes = IN_INCIDENTS_CHANNEL if channel == self._incidents_channel else IN_ROOM
        async with self._database.reading() as session:
            shut = await revival.shut(session, self._team)
        if not (shut.incidents_channel if lanes is IN_INCIDENTS_CHANNEL else channel in shut.rooms):
            return 0
        now = await self._now()
        async with self._database.writing() as session:
            room = await incidents.by_channel(session, self._team, channel)
            woken = await revival.revive(
                session,
                self._team,
                now,
                LATEST_ONLY,
                lambda row: (
                    row.error in SHUT
                    and revival.lane(row) in lanes
                    and (lanes is IN_INCIDENTS_CHANNEL or (room is not None and row.stream_id == room.id))
                ),
            )
        self._committed()
        log.info("outbox.reopened", channel=channel, count=woken)
        return woken

    async def look(self, most: int = MOST) -> None:
        """Look at the channels that were shut, so many at a time, whether they are open by now."""
        async with self._database.reading() as session:
            shut = await revival.shut(session, self._team)
        channels = [*shut.rooms, *([self._incidents_channel] if shut.incidents_channel else [])]
        begin = self._looked % len(channels) if channels else 0
        self._looked += most
        for channel in (channels[begin:] + channels[:begin])[:most]:
            result = await self._perform(LookAtChannel(channel), False)  # noqa: FBT003  # `Perform`'s shape
            if isinstance(result, Delivered) and result.receipt.get("open"):
                await self.reopened(channel)

    async def _keep_looking(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except (SQLAlchemyError, OSError) as error:
                log.warning("outbox.not_looked", error=type(error).__name__)  # the database is away

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Look now and then, until the end of the block."""
        task = asyncio.create_task(self._keep_looking(), name="mending")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
