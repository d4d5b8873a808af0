"""Looks after the list of action items in Slack: makes it, shares it, and finds the items that it does not show.

The rows themselves are effects of the items. Several replicas share the work; nobody waits for it.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Self

import structlog

from bot.core.clock import Now
from bot.engine.looking import looking
from bot.engine.store import outbox
from bot.engine.store.database import Database
from bot.engine.store.tables import SlackListRow
from bot.followup.domain.effects import ShowInList
from bot.followup.domain.policy import policy_of
from bot.followup.effects.registry import EFFECTS
from bot.followup.store import slack_lists
from bot.followup.views import slack_list
from bot.incident.effects.installation import Installation
from bot.ports.port import Begun, Dead, Delivered, Perform, Retry
from bot.ports.slack.lists import CreateList, ListCall, ShareList

LOOKS_EVERY = 5.0  # seconds; whether a look is due is in the database
EVERY = timedelta(minutes=10)
SOON = timedelta(minutes=1)
BATCH = 100  # items at a time: the rest follows at the next look
_GONE = "list_not_found"

log = structlog.get_logger(__name__)


class ListKeeping:
    """Keeps the list, if the policy wants one and there is a channel to share it with.

    Args:
        database: where it is kept which list it is.
        team: the workspace.
        installation: returns the policy and the channel of incidents, as they count now.
        perform: makes calls to Slack.
        now: returns the time by which a look is due.
        committed: called when effects were added.
    """

    def __init__(
        self,
        database: Database,
        team: str,
        *,
        installation: Callable[[], Installation],
        perform: Perform,
        now: Now,
        committed: Callable[[], None],
    ) -> None:
        self._database = database
        self._team = team
        self._installation = installation
        self._perform = perform
        self._now = now
        self._committed = committed

    async def look(self) -> None:
        """Look after it, if that is due."""
        installation, now = self._installation(), await self._now()
        channel = installation.incidents_channel
        if not policy_of(installation.sections).tracker.slack_list or not channel:
            return
        async with self._database.writing() as session:
            kept = await slack_lists.claim(session, self._team, now=now, every=EVERY)
        if kept is None:
            return
        if not kept.list_id and not await self._create(now):
            return
        if (kept.shared_in != channel or kept.trouble) and not await self._share(channel, now):
            return
        await self._show(now)

    async def _create(self, now: datetime) -> bool:
        call = CreateList(slack_list.NAME, slack_list.DESCRIPTION, slack_list.columns())
        result = await self._done(call, now)
        if result is None:
            return False
        columns = {key: value for key, value in result.receipt.items() if key != "list"}
        async with self._database.writing() as session:
            row = await slack_lists.locked(session, self._team)
            row.list_id, row.columns, row.created_at, row.trouble = result.receipt["list"], columns, now, ""
            session.add(row)
        log.info("list.created", list=result.receipt["list"])
        return True

    async def _share(self, channel: str, now: datetime) -> bool:
        """Share it. This also finds out whether what was refused works again."""
        async with self._database.reading() as session:
            kept = await slack_lists.of_team(session, self._team)
        if kept is None or await self._done(ShareList(kept.list_id, channel), now) is None:
            return False
        async with self._database.writing() as session:
            row = await slack_lists.locked(session, self._team)
            row.shared_in, row.trouble = channel, ""
            session.add(row)
        return True

    async def _done(self, call: ListCall, now: datetime) -> Delivered | None:
        """Make the call; None if it failed, which is then written down."""
        result = await self._perform(call, False)  # noqa: FBT003  # `Perform`'s shape
        if isinstance(result, Delivered):
            return result
        failed = Dead("unexpected_answer") if isinstance(result, Begun) else result
        async with self._database.writing() as session:
            row = await slack_lists.locked(session, self._team)
            _note(row, failed, now)
            session.add(row)
        return None

    async def _show(self, now: datetime) -> None:
        """Have the rows corrected that are not as they should be."""
        async with self._database.writing() as session:
            row = await slack_lists.locked(session, self._team)
            streams = await slack_lists.wrong(session, self._team, row.list_id, BATCH)
            await outbox.put_all(
                session, EFFECTS, [(self._team, each, ShowInList()) for each in streams], now
            )
            if len(streams) == BATCH:
                row.next_at = now + SOON
                session.add(row)
        if streams:
            self._committed()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Self]:
        """Look after it until the end of the block."""
        async with looking(self.look, every=LOOKS_EVERY, name="list", failed="list.not_looked_after"):
            yield self


def _note(row: SlackListRow, result: Retry | Dead, now: datetime) -> None:
    """Write down why a call failed, and when it is tried again."""
    reason = result.reason
    log.warning("list.refused", reason=reason)
    if isinstance(result, Retry) and not result.unexpected:
        pause = EVERY if result.doubt else SOON  # in doubt, there may be a list that nobody sees
        row.next_at = now + max(result.after or pause, pause)
    elif reason == _GONE:
        slack_lists.lose(row, now)
    else:
        slack_lists.refuse(row, reason, now)
