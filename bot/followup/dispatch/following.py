"""What is heard from a tracker becomes facts of the action item: once, in order, and never sent back."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog

from bot.core.clock import Now
from bot.core.decision import Refused
from bot.engine.acts.acts import Acts
from bot.engine.store.database import Database, Session
from bot.followup.domain import facts, tracking
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.vocabulary import State
from bot.followup.store import tracked
from bot.ports.trackers.calls import Heard

log = structlog.get_logger(__name__)


class Following:
    """Follows the issues of a workspace's action items.

    Args:
        database: where they are stored.
        team: the workspace.
        acts: changes action items.
        now: returns the time of what is recorded.
        committed: called after each commit that added effects.
    """

    def __init__(
        self,
        database: Database,
        team: str,
        acts: Acts[ActionItem, facts.Fact],
        now: Now,
        committed: Callable[[], None],
    ) -> None:
        self._database = database
        self._team = team
        self._acts = acts
        self._now = now
        self._committed = committed

    async def follow(self, heard: Heard) -> None:
        """Commit what follows from it; nothing does if it is old, heard before, or about an issue that is not ours."""
        now = await self._now()
        async with self._database.writing() as session:
            changed = await self._followed(session, heard, now)
        if changed:
            self._committed()

    async def _followed(self, session: Session, heard: Heard, now: datetime) -> bool:
        where = heard.where
        row = await tracked.locked(session, self._team, where.tracker, where.place, heard.issue)
        if row is None or not tracked.is_news(row, heard.at, heard.digest):
            return False
        there, before = State(heard.state.value), State(row.state) if row.state else None
        tracked.note(row, there, heard.at, heard.digest)
        session.add(row)
        if there is before or await tracked.is_about_to_change(session, row.stream_id):
            return False
        stored = await self._acts.streams.by_id(session, row.stream_id)
        new = tracking.follow(
            stored.state, there, row.url or row.issue, by=tracking.actor(where.tracker), now=now
        )
        if not new:
            return False
        moved = await self._acts.move(session, stored, partial(_decided, new), now)
        log.info("tracker.followed", item=stored.state.number, state=there.value)
        return not isinstance(moved, Refused)


def _decided(new: Sequence[facts.Fact], _item: ActionItem) -> Sequence[facts.Fact]:
    return new
