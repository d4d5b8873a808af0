"""Asks Slack about a channel that is to become a war room."""

import asyncio

from bot.core import deadline
from bot.core.channels import ChannelProfile
from bot.engine.store import places
from bot.engine.store.database import Database
from bot.ports.port import Dead, Delivered, Perform
from bot.ports.slack.calls import DescribeChannel

NOT_VISIBLE = frozenset({"channel_not_found", "not_in_channel"})  # Slack docs, conversations.info


class Channels:
    """Finds out about channels of one workspace.

    Args:
        database: where the war rooms are stored.
        team: the workspace.
        perform: asks Slack.
        common_channel: the id of the channel where incidents are announced; empty if there is none.
        timeout: how long Slack may take, in seconds.
    """

    def __init__(
        self, database: Database, team: str, perform: Perform, common_channel: str, timeout: float
    ) -> None:
        self._database = database
        self._team = team
        self._perform = perform
        self._common_channel = common_channel
        self._timeout = timeout

    async def find(self, channel: str) -> ChannelProfile | None:
        """What is known of it; None if Slack could not be asked in time."""
        async with self._database.reading() as session:
            taken = await places.of_channel(session, self._team, channel) is not None
        try:
            async with asyncio.timeout(deadline.left(self._timeout, deadline.DONE)):
                result = await self._perform(DescribeChannel(channel), False)  # noqa: FBT003  # `Perform`'s shape
        except TimeoutError:
            return None
        if isinstance(result, Dead) and result.reason in NOT_VISIBLE:
            return ChannelProfile(id=channel, is_visible=False, is_taken=taken)
        if not isinstance(result, Delivered):
            return None
        told = result.receipt
        return ChannelProfile(
            id=channel,
            is_direct=told["kind"] == "direct",
            is_private=told["kind"] == "private",
            is_archived=told["archived"] == "yes",
            is_shared=told.get("shared") == "yes",
            is_common=channel == self._common_channel,
            is_taken=taken,
            members=told["members"].split(),
        )
