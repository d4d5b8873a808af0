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
            commanded, _ = await self._commanded(session, person, numbers)
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
            claimed = await do_not_disturb.claim(session, self._team, now)
        for person in claimed:
            # Each in a transaction of their own: everybody locks incidents in order, and before do-not-disturb.
            async with self._database.writing() as session:
                await self._read_again(session, person, now)
        self._committed()

    async def _read_again(self, session: Session, person: str, now: datetime) -> None:
        numbers = await rooms.of_responder(session, self._team, person)
        commanded, is_all = await self._commanded(session, person, numbers)
        effects = [(self._team, stored.id, ReadDoNotDisturb(person)) for stored in commanded]
        await outbox.put_all(session, EFFECTS, effects, now)
        if is_all and not commanded:
            await do_not_disturb.forget(session, self._team, person)

    async def _commanded(
        self, session: Session, person: str, numbers: list[int]
    ) -> tuple[list[Stored], bool]:
        """The open ones of these incidents that this person commands, locked in the order of their numbers.

        And whether that is all: what is unreadable is left out, and may be for another release's replica.
        """
        commanded, is_all = [], True
        for number in sorted(numbers):
            try:
                stored = await incidents.lock(session, self._team, number)
            except incidents.UNREADABLE:
                is_all = False
                continue
            if stored and stored.state.commander == person:
                commanded.append(stored)
        return commanded, is_all
