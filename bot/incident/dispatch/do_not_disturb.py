"""Follows the do-not-disturb of people who have command: from Slack's events, and when a stretch begins or ends."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from bot.engine.store import outbox
from bot.engine.store.database import Database, Session
from bot.incident.domain import rules
from bot.incident.domain.effects import ReadDoNotDisturb
from bot.incident.effects.read_do_not_disturb import stretch_of
from bot.incident.effects.registry import EFFECTS
from bot.incident.effects.writer import Incidents
from bot.incident.store import do_not_disturb, incidents, rooms
from bot.incident.store.incidents import Stored


class DoNotDisturb:
    """Follows the commanders of one workspace.

    Args:
        database: where their schedules are stored.
        acts: records that one is in do-not-disturb.
        team: the workspace.
        committed: called after each commit that added effects.
    """

    def __init__(self, database: Database, acts: Incidents, team: str, committed: Callable[[], None]) -> None:
        self._database = database
        self._acts = acts
        self._team = team
        self._committed = committed

    async def changed(self, person: str, receipt: Mapping[str, str], now: datetime) -> None:
        """Somebody has changed their schedule. Most people have no command, and for them nothing is stored."""
        async with self._database.reading() as session:
            numbers = await rooms.of_responder(session, self._team, person)
        if not numbers:
            return
        stretch = stretch_of(receipt)
        async with self._database.writing() as session:
            commanded = await self._commanded(session, person, numbers)
            if commanded:
                await do_not_disturb.remember(session, self._team, person, stretch, now)
            if stretch and stretch.covers(now):
                decide = partial(rules.note_do_not_disturb, person=person, until=stretch.end, now=now)
                for stored in commanded:
                    await self._acts.move(session, stored, decide, now)
        self._committed()

    async def tick(self, now: datetime) -> None:
        """Read the schedules anew of which a stretch begins or ends; forget those of people without command."""
        async with self._database.reading() as session:
            if not await do_not_disturb.is_any_due(session, self._team, now):
                return
        async with self._database.writing() as session:
            for person in await do_not_disturb.claim(session, self._team, now):
                numbers = await rooms.of_responder(session, self._team, person)
                commanded = await self._commanded(session, person, numbers)
                effects = [(self._team, stored.id, ReadDoNotDisturb(person)) for stored in commanded]
                await outbox.put_all(session, EFFECTS, effects, now)
                if not commanded:
                    await do_not_disturb.forget(session, self._team, person)
        self._committed()

    async def _commanded(self, session: Session, person: str, numbers: list[int]) -> list[Stored]:
        """The open ones of these incidents that this person commands, locked in the order of their numbers."""
        found = [await incidents.lock(session, self._team, number) for number in sorted(numbers)]
        return [stored for stored in found if stored and stored.state.commander == person]
