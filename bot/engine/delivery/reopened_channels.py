"""Shows in a channel that is open again what could not be shown there while it was shut."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import structlog
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.core.clock import Now
from bot.engine.delivery.dead_letters import Registries, handler_of, retry_dead_letters
from bot.engine.delivery.lane import LaneChannel
from bot.engine.looking import looking
from bot.engine.store import outbox, places
from bot.engine.store.database import Database
from bot.engine.store.tables import EffectRow
from bot.ports.port import Delivered, Perform
from bot.ports.slack.calls import LookAtChannel

EVERY = 300.0  # seconds; Slack reports at once, but not everything, and not while the bot is down
MOST = 20  # channels per look: Slack's tier allows fifty per minute

log = structlog.get_logger(__name__)


class ReopenedChannels:
    """Wakes the effects of channels that people have opened again.

    Args:
        database: where the effects are stored.
        team: the workspace.
        registries: the registries of all subjects.
        common_channel: the id of the channel where everybody is told of things; empty if there is none.
        perform: asks Slack about a channel.
        now: returns the time of the outbox.
        committed: called after each commit that woke effects.
    """

    def __init__(
        self,
        database: Database,
        team: str,
        registries: Registries,
        *,
        common_channel: str,
        perform: Perform,
        now: Now,
        committed: Callable[[], None],
    ) -> None:
        self._database = database
        self._team = team
        self._registries = registries
        self._common_channel = common_channel
        self._perform = perform
        self._now = now
        self._committed = committed
        self._looked = 0

    async def reopened(self, channel: str) -> int:
        """Show what this channel could not be shown, because the bot can post there again; returns how many effects."""
        async with self._database.reading() as session:
            if channel not in await self._shut(session):
                return 0
        now = await self._now()
        async with self._database.writing() as session:
            stream = await places.of_channel(session, self._team, channel)
            is_common = channel == self._common_channel

            def wanted(row: EffectRow) -> bool:
                where = self._where(row)
                return (
                    where is LaneChannel.COMMON
                    if is_common
                    else where is LaneChannel.OWN and row.stream_id == stream
                )

            woken = await retry_dead_letters(session, self._registries, self._team, now, wanted)
        self._committed()
        log.info("outbox.reopened", channel=channel, count=woken)
        return woken

    async def check(self, most: int = MOST) -> None:
        """Look at up to `most` of the channels that were shut, and wake the effects of those that are open again."""
        async with self._database.reading() as session:
            channels = await self._shut(session)
        begin = self._looked % len(channels) if channels else 0
        self._looked += most
        for channel in (channels[begin:] + channels[:begin])[:most]:
            result = await self._perform(LookAtChannel(channel), False)  # noqa: FBT003  # `Perform`'s shape
            if isinstance(result, Delivered) and result.receipt.get("open"):
                await self.reopened(channel)

    async def _shut(self, session: AsyncSession) -> list[str]:
        """The ids of the channels that could not be reached when something had to be shown there."""
        dead = await outbox.dead(session, self._team)
        own = {row.stream_id for row in dead if self._where(row) is LaneChannel.OWN}
        common = any(self._where(row) is LaneChannel.COMMON for row in dead)
        channels = await places.own_channels(session, own)
        return [*channels, *([self._common_channel] if common else [])]

    def _where(self, row: EffectRow) -> LaneChannel:
        """The kind of channel that was shut for this dead effect."""
        handler = handler_of(self._registries, row)
        return handler.lane.where if handler and row.error in handler.port.shut else LaneChannel.ELSEWHERE

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Look from time to time until the end of the block."""
        async with looking(
            self.check, every=EVERY, name="reopened channels", failed="outbox.not_looked", at_once=False
        ):
            yield
