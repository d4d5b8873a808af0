"""Notes that are messages in Slack follow what becomes of the message there."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from bot.core.decision import Refused
from bot.engine.store.database import Database
from bot.incident.domain import rules
from bot.incident.domain.corrections import captured
from bot.incident.domain.rules import Decision
from bot.incident.effects.writer import Incidents
from bot.incident.store import captured as messages
from bot.incident.store import incidents

Rule = Callable[..., Decision]


class Captured:
    """Follows the messages of one workspace that are notes.

    Args:
        database: where the notes are stored.
        acts: corrects and strikes them.
        team: the workspace.
        committed: called after each commit that added effects.
    """

    def __init__(self, database: Database, acts: Incidents, team: str, committed: Callable[[], None]) -> None:
        self._database = database
        self._acts = acts
        self._team = team
        self._committed = committed

    async def edited(self, channel: str, ts: str, text: str, by: str, now: datetime) -> None:
        """A message was edited by a person; empty if Slack does not say by whom."""
        edited = partial(rules.message_edited, text=text, by=by or rules.SLACK, now=now)
        await self._follow(channel, ts, edited, now)

    async def deleted(self, channel: str, ts: str, now: datetime) -> None:
        """A message was deleted."""
        await self._follow(channel, ts, partial(rules.message_deleted, now=now), now)

    async def _follow(self, channel: str, ts: str, rule: Rule, now: datetime) -> None:
        """Change the note that this message is, if it is one. Most are not, and that needs no turn to write."""
        async with self._database.reading() as session:
            stream_id = await messages.stream_of(session, self._team, channel, ts)
        if stream_id is None:
            return
        async with self._database.writing() as session:
            stored = await incidents.INCIDENTS.locked_by_id(session, stream_id)
            entry = captured(await incidents.timeline(session, stream_id), channel, ts)
            if entry is None:
                return
            moved = await self._acts.move(session, stored, partial(rule, entry=entry), now)
        if not isinstance(moved, Refused):
            self._committed()
