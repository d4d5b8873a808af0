"""The members of the user groups that decide who may do what: read ahead, so that no act waits for Slack."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Self

import structlog

from bot.core.clock import Now
from bot.engine.looking import looking
from bot.engine.store import user_groups
from bot.engine.store.database import Database
from bot.ports.port import Dead, Delivered, Perform
from bot.ports.slack.calls import FetchUserGroup

EVERY = timedelta(minutes=10)  # an event tells of changes at once, but may be lost while the bot is down
LOOKS_EVERY = 30.0  # seconds; Slack allows twenty a minute (usergroups.users.list is of tier 2)
READS_PER_LOOK = 5

log = structlog.get_logger(__name__)


class UserGroups:
    """Keeps the members of user groups in the database.

    Args:
        database: where they are stored.
        team: the workspace.
        groups: returns the ids of the groups that the policy names now.
        perform: asks Slack.
        now: returns the time by which they are due.
    """

    def __init__(
        self, database: Database, team: str, groups: Callable[[], Sequence[str]], perform: Perform, now: Now
    ) -> None:
        self._database = database
        self._team = team
        self._groups = groups
        self._perform = perform
        self._now = now

    async def read_due(self) -> None:
        """Read the groups that are due. Several replicas share the work."""
        if not self._groups():
            return
        now = await self._now()
        async with self._database.writing() as session:
            due = await user_groups.claim(
                session, self._team, self._groups(), now=now, until=now + EVERY, limit=READS_PER_LOOK
            )
        for group in due:
            await self._read(group)

    async def changed(self, group: str, added: Sequence[str], removed: Sequence[str]) -> None:
        """Note that people were added to a group or removed from it. It is read too, because events come in any order."""
        if group not in self._groups():
            return
        now = await self._now()
        async with self._database.writing() as session:
            row = await user_groups.locked(session, self._team, group)
            if row is None:
                return
            row.read_again_at = now
            if row.read_at and not row.trouble:
                kept = [person for person in row.members if person not in removed]
                row.members = list(dict.fromkeys([*kept, *added]))
            session.add(row)

    async def _read(self, group: str) -> None:
        """Store what Slack tells. While it is out of reach, the last known members count; if it refuses, nobody does."""
        result = await self._perform(FetchUserGroup(group), False)  # noqa: FBT003  # `Perform`'s shape
        now = await self._now()
        async with self._database.writing() as session:
            row = await user_groups.locked(session, self._team, group)
            if row is None:
                return
            match result:
                case Delivered(receipt):
                    row.members, row.handle = receipt["members"].split(), receipt["handle"]
                    row.trouble, row.read_at = "", now
                case Dead(reason):
                    log.error("user_groups.refused", group=group, error=reason)
                    row.members, row.trouble = [], reason
                case _:
                    row.read_again_at = now
            session.add(row)

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[Self]:
        """Read them from time to time until the end of the block, if the policy names any."""
        async with looking(
            self.read_due, every=LOOKS_EVERY, name="user groups", failed="user_groups.not_looked"
        ):
            yield self
